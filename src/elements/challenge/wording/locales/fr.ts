/** French. Addresses the user as "vous". */
import type { Catalogue } from '../catalogue.js'

export default {
  tryAgain: 'Réessayer',
  back: 'Retour',
  useOther: 'Utiliser une autre méthode',
  cancel: 'Annuler',
  notNow: 'Plus tard',
  close: 'Fermer',
  goBack: 'Revenir',
  continue: 'Continuer',

  loading: 'Chargement…',
  stillLoading: 'Cela prend plus de temps que d’habitude. Veuillez patienter.',

  'choose.challenge.title': 'Confirmez votre identité',
  'choose.challenge.lead': 'Choisissez l’une de vos méthodes.',
  'choose.enrol.title': 'Configurez la vérification',
  'choose.enrol.lead': 'Choisissez comment confirmer désormais votre identité.',
  'choose.add.title': 'Ajouter une méthode',
  'choose.add.lead': 'Choisissez une autre façon de confirmer votre identité.',
  'choose.setUpAnother': 'Configurer une autre méthode',

  'phoneNumber.label': 'Numéro de téléphone',
  'phoneNumber.hint': 'Avec l’indicatif du pays, comme {example}.',
  'phoneNumber.invalid': 'Saisissez un numéro de téléphone qui commence par + et l’indicatif du pays.',
  'phoneNumber.refused':
    'Nous ne pouvons pas envoyer de code à ce numéro. Vérifiez-le ou utilisez-en un autre.',
  'phoneNumber.change': 'Modifier le numéro',
  'emailAddress.label': 'Adresse e-mail',
  'emailAddress.invalid': 'Saisissez une adresse e-mail, comme {example}.',
  'emailAddress.refused':
    'Nous ne pouvons pas envoyer de message à cette adresse. Vérifiez-la ou utilisez-en une autre.',
  'emailAddress.change': 'Modifier l’adresse',

  'code.title': 'Saisissez le code',
  'code.label': {
    one: 'Code à {count} chiffre',
    many: 'Code à {count} chiffres',
    other: 'Code à {count} chiffres',
  },
  'code.incomplete': {
    one: 'Saisissez le chiffre du code ({count}).',
    many: 'Saisissez les {count} chiffres du code.',
    other: 'Saisissez les {count} chiffres du code.',
  },
  'code.send': 'Envoyer le code',
  'code.sending': 'Envoi d’un code…',
  'code.sendingTo': 'Envoi d’un code à {contact}…',
  'code.sent': 'Nous vous avons envoyé un code.',
  'code.failed': 'Nous n’avons pas pu vous envoyer de code.',
  'code.failedTo': 'Nous n’avons pas pu envoyer de code à {contact}.',
  'code.checking': 'Vérification…',
  'code.resend': 'Renvoyer le code',
  'code.resendIn': 'Renvoyer le code dans {clock}',
  'code.lockedFor': 'Réessayer dans {clock}',
  'code.resent': 'Nouveau code envoyé.',
  'code.wrong': 'Ce code est incorrect ou a expiré. Vérifiez le dernier que nous avons envoyé.',
  'code.locked': 'Trop de codes incorrects. Réessayez {wait}.',
  'code.lockedUseOther': 'Trop de codes incorrects. Réessayez {wait} ou utilisez une autre méthode.',
  'code.tooMany':
    'Trop de codes ont été envoyés. Vous pourrez en demander un nouveau {wait}. Le dernier est peut-être encore valable.',

  'resend.lead': 'Rien reçu\u00a0?',
  sending: 'Envoi…',

  'ceremony.running': 'En attente de votre appareil…',

  'settings.title': 'Vos méthodes',
  'settings.lead': 'Vos moyens de confirmer votre identité.',
  'settings.empty': 'Vous n’avez encore aucune méthode.',
  'settings.add': 'Ajouter une méthode',
  'settings.remove': 'Supprimer',
  'settings.removeMethod': 'Supprimer {method}',
  'settings.removeNamed': 'Supprimer {method} {name}',
  'settings.done': 'Terminé',
  'settings.default': 'Par défaut',
  'settings.added': 'Méthode ajoutée\u00a0: {method}.',
  'settings.removed': 'Méthode supprimée\u00a0: {method}.',
  'settings.history': 'Ajout le {added}',
  'settings.historyUsed': 'Ajout le {added}, utilisation le {used}',

  'removal.last': 'C’est votre seule méthode. La prochaine fois, vous devrez en configurer une nouvelle.',
  'removal.lastNamed':
    '{name} sera supprimé de votre compte. C’est votre seule méthode. La prochaine fois, vous devrez en configurer une nouvelle.',
  'removal.other': 'Vous ne pourrez plus l’utiliser pour confirmer votre identité.',
  'removal.otherNamed':
    '{name} sera supprimé de votre compte. Vous ne pourrez plus l’utiliser pour confirmer votre identité.',
  'removal.remove': 'Supprimer',
  'removal.removing': 'Suppression…',
  'removal.keep': 'Conserver',

  'ended.verified': 'Identité confirmée',
  'ended.cancelled': 'Opération annulée',
  'ended.close': 'Vous pouvez fermer cette fenêtre.',
  'ended.return': 'Retour en cours…',
  'ended.none': 'Vous pouvez fermer cette page.',

  'notice.incomplete.title': 'Ce lien est incomplet',
  'notice.incomplete.lead': 'Il manque une partie de l’adresse. Revenez à l’application et recommencez.',
  'notice.invalid.title': 'Ce lien ne fonctionne pas',
  'notice.invalid.lead':
    'Il a peut-être été tronqué lors de la copie. Revenez à l’application et recommencez.',
  'notice.expired.title': 'Votre session a expiré',
  'notice.expired.lead':
    'Les sessions sont courtes pour protéger votre compte. Revenez à l’application et recommencez.',
  'notice.blocked.title': 'Cette demande a été refusée',
  'notice.blocked.lead':
    'Elle ne peut pas aboutir. Si vous pensez qu’il s’agit d’une erreur, contactez l’assistance de l’application d’où vous venez.',
  'notice.inReview.title': 'Cette demande est en cours d’examen',
  'notice.inReview.lead':
    'Vous n’avez rien à faire pour le moment. L’application d’où vous venez vous communiquera le résultat.',
  'notice.rejected.title': 'Vous avez refusé cette demande',
  'notice.rejected.lead':
    'Elle ne peut pas aboutir. Si vous n’en êtes pas à l’origine, contactez l’assistance de l’application d’où vous venez.',
  'notice.noMethod.title': 'Nous ne pouvons pas encore vous vérifier',
  'notice.noMethod.lead':
    'Votre compte n’a aucune méthode utilisable ici. Contactez l’assistance de l’application d’où vous venez.',
  'notice.offline.title': 'Pas de connexion',
  'notice.offline.lead': 'Vérifiez votre réseau, puis réessayez.',
  'notice.failed.title': 'Cette page n’a pas pu être chargée',

  'error.network_error': 'Pas de connexion. Vérifiez votre réseau, puis réessayez.',
  'error.timeout': 'Pas de réponse à temps. Vérifiez votre réseau, puis réessayez.',
  'error.too_many_requests': 'Trop de tentatives. Réessayez {wait}.',
  'error.forbidden': 'Cette session ne le permet pas. Revenez à l’application et recommencez.',
  'error.not_found': 'Ce n’est plus disponible. Revenez à l’application et recommencez.',
  'error.server_error': 'Le service n’est pas disponible pour le moment. Réessayez {wait}.',
  'error.anyOther': 'Un problème est survenu. Réessayez dans un instant.',

  'sms.label': 'SMS',
  'sms.hint': 'Un code sur votre téléphone',
  'sms.sentTo': 'Nous avons envoyé un code à {contact} par SMS.',
  'sms.remove': 'Supprimer ce numéro de téléphone\u00a0?',
  'sms.add.title': 'Ajoutez votre numéro de téléphone',
  'sms.add.lead': 'Nous vous enverrons un code par SMS pour vérifier que ce numéro est le vôtre.',
  'sms.consent':
    'J’accepte de recevoir des codes de vérification par SMS à ce numéro. Des frais peuvent s’appliquer selon mon opérateur.',
  'sms.consentMissing': 'Cochez cette case pour recevoir un code par SMS.',

  'whatsapp.label': 'WhatsApp',
  'whatsapp.hint': 'Un code sur WhatsApp',
  'whatsapp.unavailable': 'Pas encore possible\u00a0: votre compte n’a pas de numéro WhatsApp.',
  'whatsapp.sentTo': 'Nous avons envoyé un code à {contact} par WhatsApp.',
  'whatsapp.remove': 'Supprimer ce numéro WhatsApp\u00a0?',

  'email.label': 'E-mail',
  'email.hint': 'Un code dans votre boîte de réception',
  'email.sentTo': 'Nous avons envoyé un code à {contact} par e-mail.',
  'email.remove': 'Supprimer cette adresse e-mail\u00a0?',
  'email.add.title': 'Ajoutez votre adresse e-mail',
  'email.add.lead': 'Nous vous enverrons un code par e-mail pour vérifier que cette adresse est la vôtre.',

  'emailML.label': 'Lien par e-mail',
  'emailML.hint': 'Rien à saisir',
  'emailML.title': 'Consultez vos e-mails',
  'emailML.send': 'Envoyer le lien',
  'emailML.sending': 'Envoi d’un lien…',
  'emailML.sendingTo': 'Envoi d’un lien à {contact}…',
  'emailML.sent':
    'Nous avons envoyé un lien à votre adresse e-mail. Ouvrez-le sur n’importe quel appareil. Cette page continuera d’elle-même.',
  'emailML.sentTo':
    'Nous avons envoyé un lien à {contact}. Ouvrez-le sur n’importe quel appareil. Cette page continuera d’elle-même.',
  'emailML.failed': 'Nous n’avons pas pu envoyer de lien à votre adresse e-mail.',
  'emailML.failedTo': 'Nous n’avons pas pu envoyer de lien à {contact}.',
  'emailML.waiting': 'En attente de l’ouverture du lien…',
  'emailML.resend': 'Renvoyer le lien',
  'emailML.resendIn': 'Renvoyer le lien dans {clock}',
  'emailML.resent': 'Nouveau lien envoyé.',
  'emailML.tooMany':
    'Trop de liens ont été envoyés. Vous pourrez en demander un nouveau {wait}. Le dernier est peut-être encore valable.',
  'emailML.noResponse': 'Pas de réponse à temps. Envoyez un nouveau lien.',
  'emailML.remove': 'Supprimer cette adresse e-mail pour les liens\u00a0?',
  'emailML.add.title': 'Ajoutez votre adresse e-mail',
  'emailML.add.lead': 'Nous vous enverrons un lien par e-mail pour vérifier que cette adresse est la vôtre.',

  'totp.label': 'Application d’authentification',
  'totp.hint': 'Un code de votre application',
  'totp.instruction': 'Ouvrez votre application d’authentification et saisissez le code affiché.',
  'totp.wrong':
    'Ce code est incorrect ou a déjà été utilisé. Saisissez celui que votre application affiche maintenant.',
  'totp.remove': 'Supprimer cette application d’authentification\u00a0?',
  'totp.add.title': 'Scannez le QR code',
  'totp.add.lead':
    'Scannez-le avec votre application d’authentification. Sinon, saisissez la clé dans l’application.',
  'totp.picture': 'QR code pour votre application d’authentification',
  'totp.key': 'Clé',
  'totp.copy': 'Copier la clé',
  'totp.copied': 'Clé copiée',
  'totp.notCopied': 'Sélectionnez-la pour la copier',

  'passkey.label': 'Clé d’accès',
  'passkey.hint': 'Empreinte, visage ou code PIN',
  'passkey.challenge.title': 'Utilisez votre clé d’accès',
  'passkey.challenge.lead':
    'Votre appareil vous demandera votre empreinte, votre visage ou le verrouillage de l’écran.',
  'passkey.challenge.button': 'Utiliser une clé d’accès',
  'passkey.enrolment.title': 'Ajouter une clé d’accès',
  'passkey.enrolment.lead':
    'La prochaine fois, utilisez votre empreinte, votre visage ou le verrouillage de l’écran.',
  'passkey.enrolment.button': 'Ajouter une clé d’accès',
  'passkey.remove': 'Supprimer cette clé d’accès\u00a0?',
  'passkey.unsupported': 'Ce navigateur ne peut pas utiliser de clé d’accès ici.',
  'passkey.added': 'Vous avez déjà ajouté cette clé d’accès.',
  'passkey.wrongAddress': 'Les clés d’accès ne fonctionnent pas à cette adresse.',
  'passkey.unsuitable': 'Votre choix ne peut pas servir de clé d’accès. Essayez autre chose.',
  'passkey.notUsed':
    'L’opération a été annulée, a pris trop de temps, ou vous n’avez pas de clé d’accès ici.',
  'passkey.notAdded':
    'Aucune clé d’accès n’a été ajoutée\u00a0: l’opération a été annulée ou a pris trop de temps.',
  'passkey.notAddedFramed':
    'Aucune clé d’accès n’a été ajoutée\u00a0: l’opération a été annulée ou a pris trop de temps. Si cela échoue encore, choisissez une autre méthode.',
  'passkey.notLinked': 'Cette clé d’accès n’est pas associée à votre compte. Utilisez-en une autre.',
  'passkey.timeout': 'L’opération a pris trop de temps.',

  'securityKey.label': 'Clé de sécurité',
  'securityKey.hint': 'Branchez-la ou approchez-la',
  'securityKey.challenge.title': 'Utilisez votre clé de sécurité',
  'securityKey.challenge.lead': 'Préparez-la. Branchez-la ou approchez-la quand votre navigateur le demande.',
  'securityKey.challenge.button': 'Utiliser une clé de sécurité',
  'securityKey.enrolment.title': 'Ajouter une clé de sécurité',
  'securityKey.enrolment.lead': 'Préparez-la. Branchez-la ou approchez-la quand votre navigateur le demande.',
  'securityKey.enrolment.button': 'Ajouter une clé de sécurité',
  'securityKey.remove': 'Supprimer cette clé de sécurité\u00a0?',
  'securityKey.unsupported': 'Ce navigateur ne peut pas utiliser de clé de sécurité ici.',
  'securityKey.added': 'Vous avez déjà ajouté cette clé de sécurité.',
  'securityKey.wrongAddress': 'Les clés de sécurité ne fonctionnent pas à cette adresse.',
  'securityKey.unsuitable': 'Votre choix ne peut pas servir de clé de sécurité. Essayez autre chose.',
  'securityKey.notUsed':
    'L’opération a été annulée, a pris trop de temps, ou vous n’avez pas de clé de sécurité ici.',
  'securityKey.notAdded':
    'Aucune clé de sécurité n’a été ajoutée\u00a0: l’opération a été annulée ou a pris trop de temps.',
  'securityKey.notAddedFramed':
    'Aucune clé de sécurité n’a été ajoutée\u00a0: l’opération a été annulée ou a pris trop de temps. Si cela échoue encore, choisissez une autre méthode.',
  'securityKey.notLinked': 'Cette clé de sécurité n’est pas associée à votre compte. Utilisez-en une autre.',
  'securityKey.timeout': 'L’opération a pris trop de temps.',

  'push.label': 'Notification push',
  'push.hint': 'Approuvez sur votre téléphone',
  'push.title': 'Approuvez sur votre téléphone',
  'push.sending': 'Envoi d’une demande à votre téléphone…',
  'push.sendingTo': 'Envoi d’une demande à {contact}…',
  'push.sent': 'Nous avons envoyé une demande à votre téléphone. Ouvrez-la et approuvez.',
  'push.sentTo': 'Nous avons envoyé une demande à {contact}. Ouvrez-la et approuvez.',
  'push.failed': 'Nous n’avons pas pu envoyer de demande à votre téléphone.',
  'push.failedTo': 'Nous n’avons pas pu envoyer de demande à {contact}.',
  'push.waiting': 'En attente de votre réponse…',
  'push.resend': 'Renvoyer',
  'push.resendIn': 'Renvoyer dans {clock}',
  'push.resent': 'Nouvelle demande envoyée.',
  'push.tooMany':
    'Trop de demandes ont été envoyées. Vous pourrez en envoyer une nouvelle {wait}. La dernière est peut-être encore valable.',
  'push.noResponse': 'Pas de réponse à temps. Envoyez une nouvelle demande.',
  'push.remove': 'Supprimer ce téléphone\u00a0?',

  'qrCode.label': 'QR code',
  'qrCode.hint': 'Scannez-le avec votre téléphone',
  'qrCode.title': 'Scannez le QR code',
  'qrCode.lead': 'Ouvrez l’application sur votre téléphone et scannez ce code avec elle.',
  'qrCode.picture': 'QR code pour l’application de votre téléphone',
  'qrCode.waiting': 'En attente du scan du code…',
  'qrCode.scanned': 'Le code est scanné. Approuvez la demande sur votre téléphone.',
  'qrCode.renewed': 'Il y a un nouveau code. Scannez celui-ci.',
  'qrCode.remove': 'Supprimer ce téléphone pour les QR codes\u00a0?',
} satisfies Catalogue
