/** Set-up of every test file of the functions. */
import { watchLogs } from "./logs.ts";

watchLogs();
