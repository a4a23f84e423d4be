import { playOver } from '../support/transcripts.ts';
import { zaloStage } from '../support/zalo/stage.ts';

playOver(zaloStage, true);
