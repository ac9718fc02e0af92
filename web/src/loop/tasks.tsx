import type { ReadLoopAnswer } from '../generated/app-api.ts';
import { Moment } from '../parts/moment.tsx';
import { Group, Nothing, Panel } from '../parts/panel.tsx';

type TaskList = ReadLoopAnswer['taskLists'][number];
type Task = TaskList['tasks'][number];

function TaskRow({ task: { name, due, done } }: { task: Task }) {
  const late = !done && due !== null && Date.parse(due) < Date.now();
  return (
    <li className="task">
      <span className={done ? 'tick done' : 'tick'} role="img" aria-label={done ? 'Done' : 'Open'} />
      <span className={done ? 'muted' : ''}>{name}</span>
      {due && (
        <span className={late ? 'due late' : 'due muted'}>
          {late ? 'Overdue since' : 'Due'} <Moment at={due} time />
        </span>
      )}
    </li>
  );
}

/** What is to be done, list by list. */
export function Tasks({ lists }: { lists: readonly TaskList[] }) {
  const all = lists.flatMap(({ tasks }) => tasks);
  const done = all.filter((task) => task.done).length;
  return (
    <Panel title="Tasks" aside={all.length > 0 && `${done} of ${all.length} done`}>
      {lists.length === 0 && <Nothing>This loop has no task lists yet.</Nothing>}
      {lists.map(({ id, name, tasks }) => (
        <Group key={id} title={name}>
          {tasks.length === 0 ? (
            <Nothing>No tasks in this list.</Nothing>
          ) : (
            <ul className="rows">
              {tasks.map((task) => (
                <TaskRow key={task.id} task={task} />
              ))}
            </ul>
          )}
        </Group>
      ))}
    </Panel>
  );
}
