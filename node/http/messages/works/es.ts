import type { Messages } from '../en.ts';
import { evidence } from './evidence/es.ts';

export const works: Messages['works'] = {
  kinds: {
    single: 'Solo un registro describe esta obra.',
    copies: 'Estos registros describen copias de la misma versión.',
    versions: 'Estos registros describen versiones de la misma obra.',
    editions: 'Estos registros describen ediciones de la misma obra que se publicaron por separado.',
  },
  stages: {
    published: 'Versión publicada',
    proof: 'Prueba de imprenta',
    accepted: 'Manuscrito aceptado',
    unknown: 'Versión no indicada',
    submitted: 'Manuscrito enviado',
    draft: 'Borrador',
  },
  best: {
    title: 'Mejor copia abierta',
    none: 'No se conoce ninguna copia que cualquiera pueda leer.',
    read: 'Leer',
    record: 'Ir al registro',
    noLicence: 'sin licencia indicada',
    reachable: 'el archivo se ha obtenido',
    untried: 'el archivo no se ha comprobado',
  },
  identifier: 'Identificador de la obra:',
  evidence,
  statements: {
    title: 'Lo que esta institución dice de los duplicados',
    text: 'Donde las obras calculadas son erróneas, quien gestiona este nodo lo dice. Son declaraciones de este nodo solamente.',
    none: 'No se ha dicho nada.',
    same: 'Estos registros son de la misma obra:',
    different: 'Estos registros no son de la misma obra:',
    by: (day) => `Dicho por la gestión del repositorio el ${day}`,
    all: 'Lo que esta institución dice de ellos',
    next: 'Más',
  },
};
