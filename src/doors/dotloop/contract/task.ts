import { Type } from 'typebox';
import { contract } from '../../../wire/contract.ts';
import { data, flag, id, L, loopPath, none, optional, rows, text } from './fields.ts';

export const TaskList = Type.Object({ id: id(), name: text() }, { $id: 'TaskList' });
export const Task = Type.Object(
  {
    id: id(),
    name: text(),
    due: optional(Type.String({ format: 'date-time', examples: ['2016-10-21T00:00:00-04:00'] })),
    completed: flag('Whether it is done.'),
  },
  { $id: 'Task' },
);

const taskListPath = Type.Object({ ...loopPath.properties, taskListId: id() });
const taskPath = Type.Object({ ...taskListPath.properties, taskId: id() });
const learned = 'contracts/dotloop.md 5.10 [seed 10]';

export const listTaskLists = contract({
  operationId: 'listTaskLists',
  method: 'GET',
  url: `${L}/tasklist`,
  summary: 'List the task lists of a loop',
  scope: ['loop:read'],
  params: loopPath,
  query: none,
  answers: { 200: rows(TaskList), 301: null },
  learned,
});

export const readTaskList = contract({
  operationId: 'readTaskList',
  method: 'GET',
  url: `${L}/tasklist/:taskListId`,
  summary: 'Read a task list',
  scope: ['loop:read'],
  params: taskListPath,
  query: none,
  answers: { 200: data(TaskList), 301: null },
  learned,
});

export const listTasks = contract({
  operationId: 'listTasks',
  method: 'GET',
  url: `${L}/tasklist/:taskListId/task`,
  summary: 'List the tasks of a task list',
  scope: ['loop:read'],
  params: taskListPath,
  query: none,
  answers: { 200: rows(Task), 301: null },
  learned,
});

export const readTask = contract({
  operationId: 'readTask',
  method: 'GET',
  url: `${L}/tasklist/:taskListId/task/:taskId`,
  summary: 'Read a task',
  scope: ['loop:read'],
  params: taskPath,
  query: none,
  answers: { 200: data(Task), 301: null },
  learned,
});
