import { telegramStage } from '../support/telegram/stage.ts';
import { playOver } from '../support/transcripts.ts';

playOver(telegramStage, true);
