import { setAddRequest, type AddRequest } from './addRequest.ts';

/** Asks which dashboard a chart goes on, and puts it there. */
export const useAddToDashboard = (): ((request: AddRequest) => void) => setAddRequest;
