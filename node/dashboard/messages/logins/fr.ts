import type { logins as en } from './en.ts';

/** What is said of logging in elsewhere, of new passwords and of letters, in French. */
export const logins: typeof en = {
  with: (title) => `Se connecter avec ${title}`,
  begin: (title) => `Commencer avec ${title}`,
  beginText: 'Choisissez comment vous vous connecterez désormais.',
  onward: {
    title: (title) => `Vers ${title}`,
    text: 'Vous vous connectez là-bas, puis revenez ici. Si votre navigateur ne continue pas de lui-même, suivez le lien.',
    logoutText:
      'Vous êtes déconnecté ici. Déconnectez-vous aussi là-bas, pour que personne n’entre après vous. Si votre navigateur ne continue pas de lui-même, suivez le lien.',
    link: (title) => `Aller à ${title}`,
  },
  forgotten: {
    title: 'Mot de passe oublié ?',
    text: 'Indiquez l’adresse avec laquelle vous vous connectez. Vous recevrez un lien pour choisir un nouveau mot de passe.',
    noMail:
      'Ce nœud n’envoie pas de courriel. Demandez à l’administration de retirer votre compte et de vous inviter de nouveau.',
    button: 'Envoyer le lien',
    asked:
      'S’il existe un compte à cette adresse, le courriel est en route. Son lien vaut une heure, et une fois. Si rien n’arrive, regardez parmi les indésirables ou demandez à l’administration.',
    newTitle: 'Un nouveau mot de passe',
    set: 'Choisir le mot de passe',
    done: 'Le mot de passe est choisi. Toutes vos sessions ont été fermées ; connectez-vous avec le nouveau.',
  },
  account: {
    title: 'Autres connexions',
    text: 'Où vous pouvez aussi vous connecter, pour entrer ici par là.',
    none: 'Vous n’en avez aucune.',
    which: 'Se connecter avec',
    add: 'Ajouter cette connexion',
    remove: 'Retirer',
    removeOf: (name) => `Retirer la connexion ${name}`,
    passwordAgain: 'Votre mot de passe, encore une fois',
    setPassword: 'Choisir un mot de passe',
    prove: 'Montrez que c’est vous',
    proveText:
      'Vous n’avez pas de mot de passe ici. Connectez-vous encore une fois avant de créer un jeton, d’ajouter une connexion ou de choisir un mot de passe.',
    proveFirst: 'Montrez d’abord, plus haut, que c’est vous.',
    again: (title) => `Se connecter encore avec ${title}`,
    proved:
      'Vous venez de montrer que c’est vous. Pendant dix minutes, vous pouvez créer des jetons, ajouter des connexions et choisir un mot de passe.',
  },
  letters: {
    inviteText: 'La personne reçoit un courriel avec un lien. Il vaut une semaine, et une fois.',
    inviteButton: 'Envoyer l’invitation',
    mailed: (mail) => `L’invitation a été envoyée à ${mail}.`,
    failed:
      'Le courriel n’a pas pu être envoyé ; envoyez vous-même ce lien à la personne. Il n’est montré que cette fois.',
  },
  problems: {
    ACCOUNT_NO_PASSWORDS:
      'Personne ne se connecte ici par un mot de passe. Choisissez une des connexions offertes.',
    ACCOUNT_PROOF_NEEDED:
      'Montrez d’abord que c’est vous : reconnectez-vous, comme « Mon compte » le propose.',
    ACCOUNT_RESET_GONE:
      'Le lien a déjà servi ou est trop ancien. Demandez-en un autre sur la page de connexion.',
    ACCOUNT_NOT_INVITED:
      'Vous n’avez pas été invité. Demandez une invitation à l’administration, ouvrez son lien et choisissez-y cette connexion.',
    ACCOUNT_NOT_LINKED:
      'Il existe un compte à votre adresse, mais sans cette connexion. Connectez-vous comme jusqu’ici et ajoutez-la sous « Mon compte ».',
    ACCOUNT_LINKED_ALREADY:
      'Cette connexion appartient déjà à un compte. Servez-vous-en, ou retirez-la d’abord de ce compte.',
    ACCOUNT_OTHER_LOGIN:
      'Ce n’est pas la personne connectée ici. Connectez-vous là-bas en votre nom, dans le même navigateur.',
    ACCOUNT_LAST_WAY_IN:
      'Vous ne pourriez plus vous connecter. Choisissez d’abord un mot de passe ou ajoutez une autre connexion.',
    ACCOUNT_PROVIDER_UNKNOWN: 'Cette connexion n’existe pas ici.',
    ACCOUNT_PROVIDER_DOWN:
      'L’autre système ne répond pas comme il faut. Réessayez plus tard, ou connectez-vous autrement.',
    ACCOUNT_LOGIN_GONE:
      'La connexion a commencé il y a plus de dix minutes ou dans un autre navigateur, ou a déjà servi. Recommencez.',
    ACCOUNT_LOGIN_CANCELLED: 'La connexion a été interrompue là-bas. Réessayez, et autorisez-la.',
    ACCOUNT_LOGIN_INVALID:
      'Ce qui est revenu n’est pas ce qui était demandé. Recommencez ; si cela persiste, prévenez qui gère le nœud.',
  },
  actions: {
    'account.elsewhere': 'est allé se connecter à un autre système',
    'account.link': 'a ajouté une connexion',
    'account.unlink': 'a retiré une connexion',
    'account.prove': 's’est reconnecté',
    'account.forgotten': 'a reçu un lien pour un nouveau mot de passe',
    'account.reset': 'a choisi un nouveau mot de passe par un lien',
  },
};
