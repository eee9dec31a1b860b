import type { elsewhere as en } from './en.ts';

export const elsewhere: typeof en = {
  title: 'En otras instituciones',
  text: 'Lo que los nodos conectados ahora muestran de este registro a cualquier lector. Lo que se retira aquí desaparece allí en segundos; un nodo al que no se llega se entera cuando vuelve.',
  institution: 'Institución',
  shows: 'Muestra',
  as: {
    gone: 'que ya no está',
    shown: 'el registro',
    unknown: 'nada: nunca lo tuvo',
    silent: 'sin respuesta',
  },
  none: 'No hay ninguna otra institución conectada.',
  at: (time) => `Preguntado ${time}.`,
  again: 'Preguntar de nuevo',
  content: 'Contenido',
};
