import { preparedStatementsOf, type AthenaStore } from './store.ts';

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_PreparedStatement.html */
export interface PreparedStatement {
  StatementName: string;
  QueryStatement: string;
  WorkGroupName: string;
  Description?: string;
  LastModifiedTime: number;
}

const key = (workGroup: string, name: string) => preparedStatementsOf(workGroup) + name;

/** Statements with question marks, kept by work group: the API and PREPARE … FROM write the same ones. */
export class PreparedStatements {
  private readonly store: AthenaStore;
  constructor(store: AthenaStore) {
    this.store = store;
  }

  find(workGroup: string, name: string): Promise<PreparedStatement | undefined> {
    return this.store.get<PreparedStatement>(key(workGroup, name));
  }

  put(statement: Omit<PreparedStatement, 'LastModifiedTime'>): Promise<void> {
    return this.store.put(key(statement.WorkGroupName, statement.StatementName), { ...statement, LastModifiedTime: Date.now() / 1000 });
  }

  delete(workGroup: string, name: string): Promise<void> {
    return this.store.delete(key(workGroup, name));
  }

  entries(workGroup: string, after?: string): AsyncIterable<[string, PreparedStatement]> {
    return this.store.entries<PreparedStatement>(preparedStatementsOf(workGroup), after);
  }
}
