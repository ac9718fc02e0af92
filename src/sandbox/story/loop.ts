import { actorOf, type Stage } from '../stage.ts';
import { type Beat, beatsOf, type LoopPlan } from './beats.ts';

/** Has the services do what a plan says, one act for each beat. */
export function tellLoop(stage: Stage, plan: LoopPlan): void {
  const { deals, documents } = stage.domain;
  const { id, profileId } = plan;
  const who = actorOf(stage.orgId, plan.owner);
  const play = (beat: Beat): Promise<unknown> => {
    switch (beat.kind) {
      case 'create':
        return deals.create(who, profileId, { name: plan.name, transaction_type: plan.type, status: plan.first }, { id });
      case 'details':
        return deals.updateDetails(who, profileId, id, beat.details);
      case 'status':
        return deals.update(who, profileId, id, { status: beat.status });
      case 'participant':
        return deals.addParticipant(who, profileId, id, beat.person, { id: beat.id });
      case 'folder':
        return documents.addFolder(who, profileId, id, { name: beat.name }, { id: beat.id });
      case 'document': {
        const input = { fileName: beat.fileName, file: stage.papers[beat.paper] };
        return documents.upload(who, profileId, id, beat.folderId, input, { id: beat.id });
      }
      case 'list':
        return deals.addTaskList(who, profileId, id, beat.name, { id: beat.id });
      case 'task':
        return deals.addTask(who, profileId, id, beat.listId, beat.task, { id: beat.id });
    }
  };
  for (const beat of beatsOf(stage, plan).beats) stage.at(beat.at, () => play(beat));
}
