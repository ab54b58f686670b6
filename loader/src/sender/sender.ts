import type { Sender } from "../types";
export const createSender = (): Sender => null!;
