import { startDataAge } from '../offline/mark.ts';
import { startOffline } from '../offline/register.ts';
import { startKeys } from './keys.ts';
import { startTheme } from './theme.ts';

startTheme();
startKeys();
startDataAge();
startOffline();
