import type { Desk } from '../desk.ts';
import type { Operation } from '../operation.ts';
import type { Registry } from '../operations.ts';
import type { Resource } from '../resource.ts';
import { offices } from './offices.ts';
import { agents, employees, teams } from './staff.ts';

/** Every resource of the door, in the order of its contract. */
export const declarations: readonly ((desk: Desk) => Resource)[] = [offices, agents, employees, teams];

/** What is no list and no item. */
export const written: readonly ((desk: Desk, registry: Registry) => readonly Operation[])[] = [];
