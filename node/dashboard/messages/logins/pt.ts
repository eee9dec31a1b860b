import type { logins as en } from './en.ts';

/** What is said of logging in elsewhere, of new passwords and of letters, in Portuguese. */
export const logins: typeof en = {
  with: (title) => `Entrar com ${title}`,
  begin: (title) => `Começar com ${title}`,
  beginText: 'Escolha como entrará de agora em diante.',
  onward: {
    title: (title) => `Para ${title}`,
    text: 'Você entra lá e volta para cá. Se o navegador não continuar sozinho, siga o link.',
    logoutText:
      'A sua sessão aqui terminou. Termine-a também lá, para que ninguém entre depois de você. Se o navegador não continuar sozinho, siga o link.',
    link: (title) => `Ir para ${title}`,
  },
  forgotten: {
    title: 'Esqueceu a senha?',
    text: 'Informe o endereço com que entra. Você recebe um link para definir uma nova senha.',
    noMail: 'Este nó não envia e-mail. Peça à administração que retire a sua conta e convide você de novo.',
    button: 'Enviar o link',
    asked:
      'Se houver uma conta com esse endereço, a mensagem está a caminho. O link vale uma hora, e uma vez. Se nada chegar, veja entre os indesejados ou pergunte à administração.',
    newTitle: 'Uma nova senha',
    set: 'Definir a senha',
    done: 'A senha foi definida. Todas as suas sessões foram encerradas; entre com a nova.',
  },
  account: {
    title: 'Outras formas de entrar',
    text: 'Onde mais você pode entrar, e com isso entrar aqui.',
    none: 'Você não tem nenhuma.',
    which: 'Entrar com',
    add: 'Adicionar esta forma',
    remove: 'Retirar',
    removeOf: (name) => `Retirar ${name}`,
    passwordAgain: 'A sua senha, mais uma vez',
    setPassword: 'Definir uma senha',
    prove: 'Mostre que é você',
    proveText:
      'Você não tem senha aqui. Entre mais uma vez antes de criar um token, adicionar uma forma de entrar ou definir uma senha.',
    proveFirst: 'Mostre primeiro, acima, que é você.',
    again: (title) => `Entrar de novo com ${title}`,
    proved:
      'Você acaba de mostrar que é você. Por dez minutos pode criar tokens, adicionar formas de entrar e definir uma senha.',
  },
  letters: {
    inviteText: 'A pessoa recebe uma mensagem com um link. Vale uma semana, e uma vez.',
    inviteButton: 'Enviar o convite',
    mailed: (mail) => `O convite foi enviado para ${mail}.`,
    failed: 'A mensagem não pôde ser enviada; envie você mesmo este link à pessoa. É mostrado só desta vez.',
  },
  problems: {
    ACCOUNT_NO_PASSWORDS: 'Aqui ninguém entra com senha. Escolha uma das formas oferecidas.',
    ACCOUNT_PROOF_NEEDED: 'Mostre primeiro que é você: entre de novo, como “Minha conta” oferece.',
    ACCOUNT_RESET_GONE: 'O link já foi usado ou é antigo demais. Peça outro na página de entrada.',
    ACCOUNT_NOT_INVITED:
      'Você não foi convidado. Peça um convite à administração, abra o link dele e escolha ali esta forma de entrar.',
    ACCOUNT_NOT_LINKED:
      'Há uma conta com o seu endereço, mas sem esta forma de entrar. Entre como até agora e adicione-a em “Minha conta”.',
    ACCOUNT_LINKED_ALREADY:
      'Essa forma de entrar já é de uma conta. Entre com ela, ou retire-a de lá primeiro.',
    ACCOUNT_OTHER_LOGIN: 'Não é quem está com a sessão aqui. Entre lá como você, no mesmo navegador.',
    ACCOUNT_LAST_WAY_IN: 'Você não poderia mais entrar. Defina antes uma senha ou adicione outra forma.',
    ACCOUNT_PROVIDER_UNKNOWN: 'Essa forma de entrar não existe aqui.',
    ACCOUNT_PROVIDER_DOWN:
      'O outro sistema não responde como deve. Tente mais tarde, ou entre de outra forma.',
    ACCOUNT_LOGIN_GONE:
      'A entrada começou há mais de dez minutos ou em outro navegador, ou já foi usada. Entre de novo.',
    ACCOUNT_LOGIN_CANCELLED: 'A entrada foi interrompida lá. Tente de novo e permita.',
    ACCOUNT_LOGIN_INVALID:
      'O que voltou não é o que foi pedido. Entre de novo; se continuar, avise quem mantém o nó.',
  },
  actions: {
    'account.elsewhere': 'foi a outro sistema para entrar',
    'account.link': 'adicionou uma forma de entrar',
    'account.unlink': 'retirou uma forma de entrar',
    'account.prove': 'entrou de novo',
    'account.forgotten': 'recebeu um link para uma nova senha',
    'account.reset': 'definiu uma nova senha por um link',
  },
};
