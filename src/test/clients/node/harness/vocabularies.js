import { Databases, TablesDB } from 'node-appwrite';

const WORDS = [
  ['Tables', 'Collections'],
  ['Table', 'Collection'],
  ['Columns', 'Attributes'],
  ['Column', 'Attribute'],
  ['Rows', 'Documents'],
  ['Row', 'Document'],
].flatMap((pair) => [pair, pair.map((word) => word.toLowerCase())]);

/** A method, a parameter, a field or an error type, said in the older words. */
function older(word) {
  return WORDS.reduce((said, [ours, legacy]) => said.replace(ours, legacy), word);
}

/**
 * One of the two vocabularies of the engine. Scenarios are written once, in tables, columns and
 * rows; each call goes through the SDK's own class for its vocabulary.
 */
class Vocabulary {
  constructor(name, service, say) {
    this.name = name;
    this.service = service;
    this.say = say;
  }

  /** Calls a method of the SDK, with its name and its parameters in these words. */
  call(method, params) {
    const said = Object.entries(params).map(([key, value]) => [this.say(key), value]);
    const client = this.service;
    return client[this.say(method)](Object.fromEntries(said));
  }

  /** A field of an answer, in these words. */
  of(answer, field) {
    return answer[this.say(field)];
  }

  /** The type of an error, in these words. */
  error(type) {
    return this.name === 'databases' ? this.say(type.replace('column_index_', 'index_')) : type;
  }
}

export const NAMES = ['tablesDB', 'databases'];

/** The vocabulary of this name, spoken by a client. */
export function vocabulary(name, client) {
  return name === 'tablesDB'
    ? new Vocabulary(name, new TablesDB(client), (word) => word)
    : new Vocabulary(name, new Databases(client), older);
}
