import type { logins as en } from './en.ts';

/** What is said of logging in elsewhere, of new passwords and of letters, in Spanish. */
export const logins: typeof en = {
  with: (title) => `Entrar con ${title}`,
  begin: (title) => `Empezar con ${title}`,
  beginText: 'Elija cómo entrará de ahora en adelante.',
  onward: {
    title: (title) => `Hacia ${title}`,
    text: 'Allí inicia la sesión y vuelve aquí. Si su navegador no continúa por sí mismo, siga el enlace.',
    logoutText:
      'Su sesión aquí está cerrada. Ciérrela también allí, para que nadie entre después de usted. Si su navegador no continúa por sí mismo, siga el enlace.',
    link: (title) => `Ir a ${title}`,
  },
  forgotten: {
    title: '¿Olvidó su contraseña?',
    text: 'Indique la dirección con la que entra. Recibirá un enlace para fijar una contraseña nueva.',
    noMail: 'Este nodo no envía correo. Pida a la administración que quite su cuenta y le invite de nuevo.',
    button: 'Enviar el enlace',
    asked:
      'Si hay una cuenta con esa dirección, el correo está en camino. Su enlace vale una hora, y una vez. Si no llega nada, mire en el correo no deseado o pregunte a la administración.',
    newTitle: 'Una contraseña nueva',
    set: 'Fijar la contraseña',
    done: 'La contraseña se ha fijado. Se cerraron todas sus sesiones; entre con la nueva.',
  },
  account: {
    title: 'Otras formas de entrar',
    text: 'Dónde más puede iniciar la sesión y entrar aquí con ella.',
    none: 'No tiene ninguna.',
    which: 'Entrar con',
    add: 'Añadir esta forma',
    remove: 'Quitar',
    removeOf: (name) => `Quitar ${name}`,
    passwordAgain: 'Su contraseña, otra vez',
    setPassword: 'Fijar una contraseña',
    prove: 'Muestre que es usted',
    proveText:
      'No tiene contraseña aquí. Entre otra vez antes de crear una clave, añadir una forma de entrar o fijar una contraseña.',
    proveFirst: 'Muestre primero, arriba, que es usted.',
    again: (title) => `Entrar otra vez con ${title}`,
    proved:
      'Acaba de mostrar que es usted. Durante diez minutos puede crear claves, añadir formas de entrar y fijar una contraseña.',
  },
  letters: {
    inviteText: 'La persona recibe un correo con un enlace. Vale una semana, y una vez.',
    inviteButton: 'Enviar la invitación',
    mailed: (mail) => `La invitación se envió a ${mail}.`,
    failed: 'El correo no se pudo enviar; envíe usted este enlace a la persona. Se muestra solo esta vez.',
  },
  problems: {
    ACCOUNT_NO_PASSWORDS: 'Aquí nadie entra con contraseña. Elija una de las formas que se ofrecen.',
    ACCOUNT_PROOF_NEEDED: 'Muestre primero que es usted: entre otra vez, como se ofrece en «Mi cuenta».',
    ACCOUNT_RESET_GONE: 'El enlace ya se usó o es demasiado antiguo. Pida otro en la página de entrada.',
    ACCOUNT_NOT_INVITED:
      'No tiene invitación. Pida una a la administración, abra su enlace y elija allí esta forma de entrar.',
    ACCOUNT_NOT_LINKED:
      'Hay una cuenta con su dirección, pero sin esta forma de entrar. Entre como hasta ahora y añádala en «Mi cuenta».',
    ACCOUNT_LINKED_ALREADY:
      'Esa forma de entrar ya es de una cuenta. Entre con ella, o quítela allí primero.',
    ACCOUNT_OTHER_LOGIN: 'No es quien tiene la sesión aquí. Entre allí como usted, en el mismo navegador.',
    ACCOUNT_LAST_WAY_IN: 'Ya no podría entrar. Fije antes una contraseña o añada otra forma.',
    ACCOUNT_PROVIDER_UNKNOWN: 'Esa forma de entrar no existe aquí.',
    ACCOUNT_PROVIDER_DOWN: 'El otro sistema no responde como debe. Pruebe más tarde, o entre de otra forma.',
    ACCOUNT_LOGIN_GONE:
      'La entrada se empezó hace más de diez minutos o en otro navegador, o ya se usó. Entre otra vez.',
    ACCOUNT_LOGIN_CANCELLED: 'La entrada se interrumpió allí. Pruebe otra vez y permítala.',
    ACCOUNT_LOGIN_INVALID:
      'Lo que volvió no es lo que se pidió. Entre otra vez; si continúa, avise a quien mantiene el nodo.',
  },
  actions: {
    'account.elsewhere': 'fue a otro sistema para entrar',
    'account.link': 'añadió una forma de entrar',
    'account.unlink': 'quitó una forma de entrar',
    'account.prove': 'entró otra vez',
    'account.forgotten': 'recibió un enlace para una contraseña nueva',
    'account.reset': 'fijó una contraseña nueva con un enlace',
  },
};
