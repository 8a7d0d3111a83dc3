/** German. Addresses the user as "Sie". */
import type { Catalogue } from '../catalogue.js'

export default {
  tryAgain: 'Erneut versuchen',
  back: 'Zurück',
  useOther: 'Andere Methode verwenden',
  cancel: 'Abbrechen',
  notNow: 'Nicht jetzt',
  close: 'Schließen',
  goBack: 'Zurückkehren',
  continue: 'Weiter',

  loading: 'Wird geladen …',
  stillLoading: 'Das dauert länger als gewöhnlich. Bitte warten Sie.',

  'choose.challenge.title': 'Bestätigen Sie Ihre Identität',
  'choose.challenge.lead': 'Wählen Sie eine Ihrer Methoden.',
  'choose.enrol.title': 'Bestätigung einrichten',
  'choose.enrol.lead': 'Wählen Sie, wie Sie Ihre Identität künftig bestätigen.',
  'choose.add.title': 'Methode hinzufügen',
  'choose.add.lead': 'Wählen Sie eine weitere Methode, um Ihre Identität zu bestätigen.',
  'choose.setUpAnother': 'Weitere Methode einrichten',

  'phoneNumber.label': 'Telefonnummer',
  'phoneNumber.hint': 'Mit Ländervorwahl, zum Beispiel {example}.',
  'phoneNumber.invalid': 'Geben Sie eine Telefonnummer ein, die mit + und der Ländervorwahl beginnt.',
  'phoneNumber.refused':
    'An diese Nummer können wir keinen Code senden. Prüfen Sie die Nummer oder verwenden Sie eine andere.',
  'phoneNumber.change': 'Nummer ändern',
  'emailAddress.label': 'E-Mail-Adresse',
  'emailAddress.invalid': 'Geben Sie eine E-Mail-Adresse ein, zum Beispiel {example}.',
  'emailAddress.refused':
    'An diese Adresse können wir keine Nachricht senden. Prüfen Sie die Adresse oder verwenden Sie eine andere.',
  'emailAddress.change': 'Adresse ändern',

  'code.title': 'Code eingeben',
  'code.label': { one: 'Code mit {count} Ziffer', other: 'Code mit {count} Ziffern' },
  'code.incomplete': {
    one: 'Geben Sie die {count} Ziffer des Codes ein.',
    other: 'Geben Sie die {count} Ziffern des Codes ein.',
  },
  'code.send': 'Code senden',
  'code.sending': 'Code wird gesendet …',
  'code.sendingTo': 'Code wird an {contact} gesendet …',
  'code.sent': 'Wir haben Ihnen einen Code gesendet.',
  'code.failed': 'Wir konnten Ihnen keinen Code senden.',
  'code.failedTo': 'Wir konnten keinen Code an {contact} senden.',
  'code.checking': 'Wird geprüft …',
  'code.resend': 'Code erneut senden',
  'code.resendIn': 'Code erneut senden in {clock}',
  'code.lockedFor': 'Erneut versuchen in {clock}',
  'code.resent': 'Neuer Code gesendet.',
  'code.wrong': 'Dieser Code ist falsch oder abgelaufen. Prüfen Sie den zuletzt gesendeten Code.',
  'code.locked': 'Zu viele falsche Codes. Versuchen Sie es {wait} erneut.',
  'code.lockedUseOther':
    'Zu viele falsche Codes. Versuchen Sie es {wait} erneut oder verwenden Sie eine andere Methode.',
  'code.tooMany':
    'Es wurden zu viele Codes gesendet. Sie können {wait} einen neuen anfordern. Der letzte ist vielleicht noch gültig.',

  'resend.lead': 'Nichts erhalten?',
  sending: 'Wird gesendet …',

  'ceremony.running': 'Warten auf Ihr Gerät …',

  'settings.title': 'Ihre Methoden',
  'settings.lead': 'So können Sie Ihre Identität bestätigen.',
  'settings.empty': 'Sie haben noch keine Methode.',
  'settings.add': 'Methode hinzufügen',
  'settings.remove': 'Entfernen',
  'settings.removeMethod': '{method} entfernen',
  'settings.removeNamed': '{method} {name} entfernen',
  'settings.done': 'Fertig',
  'settings.default': 'Standard',
  'settings.added': '{method} hinzugefügt.',
  'settings.removed': '{method} entfernt.',
  'settings.history': 'Hinzugefügt am {added}',
  'settings.historyUsed': 'Hinzugefügt am {added}, verwendet am {used}',

  'removal.last': 'Es ist Ihre einzige Methode. Beim nächsten Mal müssen Sie eine neue einrichten.',
  'removal.lastNamed':
    '{name} wird aus Ihrem Konto entfernt. Es ist Ihre einzige Methode. Beim nächsten Mal müssen Sie eine neue einrichten.',
  'removal.other': 'Sie können Ihre Identität dann nicht mehr damit bestätigen.',
  'removal.otherNamed':
    '{name} wird aus Ihrem Konto entfernt. Sie können Ihre Identität dann nicht mehr damit bestätigen.',
  'removal.remove': 'Entfernen',
  'removal.removing': 'Wird entfernt …',
  'removal.keep': 'Behalten',

  'ended.verified': 'Bestätigt',
  'ended.cancelled': 'Abgebrochen',
  'ended.close': 'Sie können dieses Fenster schließen.',
  'ended.return': 'Sie werden zurückgeleitet …',
  'ended.none': 'Sie können diese Seite schließen.',

  'notice.incomplete.title': 'Dieser Link ist unvollständig',
  'notice.incomplete.lead':
    'Ein Teil der Adresse fehlt. Kehren Sie zur App zurück und beginnen Sie von vorn.',
  'notice.invalid.title': 'Dieser Link funktioniert nicht',
  'notice.invalid.lead':
    'Er wurde vielleicht beim Kopieren abgeschnitten. Kehren Sie zur App zurück und beginnen Sie von vorn.',
  'notice.expired.title': 'Ihre Sitzung ist abgelaufen',
  'notice.expired.lead':
    'Sitzungen sind kurz, um Ihr Konto zu schützen. Kehren Sie zur App zurück und beginnen Sie von vorn.',
  'notice.blocked.title': 'Diese Anfrage wurde abgelehnt',
  'notice.blocked.lead':
    'Sie kann nicht fortgesetzt werden. Wenn Sie das für einen Fehler halten, wenden Sie sich an den Support der App, aus der Sie kommen.',
  'notice.inReview.title': 'Diese Anfrage wird geprüft',
  'notice.inReview.lead':
    'Sie müssen jetzt nichts tun. Die App, aus der Sie kommen, teilt Ihnen das Ergebnis mit.',
  'notice.rejected.title': 'Sie haben diese Anfrage abgelehnt',
  'notice.rejected.lead':
    'Sie kann nicht fortgesetzt werden. Wenn sie nicht von Ihnen stammt, wenden Sie sich an den Support der App, aus der Sie kommen.',
  'notice.noMethod.title': 'Eine Bestätigung ist noch nicht möglich',
  'notice.noMethod.lead':
    'Ihr Konto hat keine Methode, die hier funktioniert. Wenden Sie sich an den Support der App, aus der Sie kommen.',
  'notice.offline.title': 'Keine Verbindung',
  'notice.offline.lead': 'Prüfen Sie Ihr Netzwerk und versuchen Sie es erneut.',
  'notice.failed.title': 'Diese Seite konnte nicht geladen werden',

  'error.network_error': 'Keine Verbindung. Prüfen Sie Ihr Netzwerk und versuchen Sie es erneut.',
  'error.timeout': 'Keine rechtzeitige Antwort. Prüfen Sie Ihr Netzwerk und versuchen Sie es erneut.',
  'error.too_many_requests': 'Zu viele Versuche. Versuchen Sie es {wait} erneut.',
  'error.forbidden': 'Diese Sitzung erlaubt das nicht. Kehren Sie zur App zurück und beginnen Sie von vorn.',
  'error.not_found': 'Das ist nicht mehr verfügbar. Kehren Sie zur App zurück und beginnen Sie von vorn.',
  'error.server_error': 'Der Dienst ist gerade nicht verfügbar. Versuchen Sie es {wait} erneut.',
  'error.anyOther': 'Etwas ist schiefgegangen. Versuchen Sie es gleich noch einmal.',

  'sms.label': 'SMS',
  'sms.hint': 'Ein Code auf Ihr Telefon',
  'sms.sentTo': 'Wir haben einen Code per SMS an {contact} gesendet.',
  'sms.remove': 'Diese Telefonnummer entfernen?',
  'sms.add.title': 'Telefonnummer hinzufügen',
  'sms.add.lead': 'Wir senden Ihnen einen Code per SMS, um zu prüfen, ob die Nummer Ihnen gehört.',
  'sms.consent':
    'Ich bin damit einverstanden, Bestätigungscodes per SMS an diese Nummer zu erhalten. Dafür können Kosten anfallen.',
  'sms.consentMissing': 'Setzen Sie hier ein Häkchen, um einen Code per SMS zu erhalten.',

  'whatsapp.label': 'WhatsApp',
  'whatsapp.hint': 'Ein Code in WhatsApp',
  'whatsapp.unavailable': 'Noch nicht möglich: Ihr Konto hat keine WhatsApp-Nummer.',
  'whatsapp.sentTo': 'Wir haben einen Code per WhatsApp an {contact} gesendet.',
  'whatsapp.remove': 'Diese WhatsApp-Nummer entfernen?',

  'email.label': 'E-Mail',
  'email.hint': 'Ein Code in Ihr Postfach',
  'email.sentTo': 'Wir haben einen Code per E-Mail an {contact} gesendet.',
  'email.remove': 'Diese E-Mail-Adresse entfernen?',
  'email.add.title': 'E-Mail-Adresse hinzufügen',
  'email.add.lead': 'Wir senden Ihnen einen Code per E-Mail, um zu prüfen, ob die Adresse Ihnen gehört.',

  'emailML.label': 'Link per E-Mail',
  'emailML.hint': 'Ohne etwas einzugeben',
  'emailML.title': 'Prüfen Sie Ihre E-Mails',
  'emailML.send': 'Link senden',
  'emailML.sending': 'Link wird gesendet …',
  'emailML.sendingTo': 'Link wird an {contact} gesendet …',
  'emailML.sent':
    'Wir haben einen Link an Ihre E-Mail-Adresse gesendet. Öffnen Sie ihn auf einem beliebigen Gerät. Diese Seite geht dann von selbst weiter.',
  'emailML.sentTo':
    'Wir haben einen Link an {contact} gesendet. Öffnen Sie ihn auf einem beliebigen Gerät. Diese Seite geht dann von selbst weiter.',
  'emailML.failed': 'Wir konnten keinen Link an Ihre E-Mail-Adresse senden.',
  'emailML.failedTo': 'Wir konnten keinen Link an {contact} senden.',
  'emailML.waiting': 'Warten, bis Sie den Link öffnen …',
  'emailML.resend': 'Link erneut senden',
  'emailML.resendIn': 'Link erneut senden in {clock}',
  'emailML.resent': 'Neuer Link gesendet.',
  'emailML.tooMany':
    'Es wurden zu viele Links gesendet. Sie können {wait} einen neuen anfordern. Der letzte ist vielleicht noch gültig.',
  'emailML.noResponse': 'Es kam rechtzeitig keine Antwort. Senden Sie einen neuen Link.',
  'emailML.remove': 'Diese E-Mail-Adresse für Links entfernen?',
  'emailML.add.title': 'E-Mail-Adresse hinzufügen',
  'emailML.add.lead': 'Wir senden Ihnen einen Link per E-Mail, um zu prüfen, ob die Adresse Ihnen gehört.',

  'totp.label': 'Authenticator-App',
  'totp.hint': 'Ein Code aus Ihrer App',
  'totp.instruction': 'Öffnen Sie Ihre Authenticator-App und geben Sie den angezeigten Code ein.',
  'totp.wrong':
    'Dieser Code ist falsch oder wurde schon verwendet. Geben Sie den ein, den Ihre App jetzt anzeigt.',
  'totp.remove': 'Diese Authenticator-App entfernen?',
  'totp.add.title': 'QR-Code scannen',
  'totp.add.lead':
    'Scannen Sie ihn mit Ihrer Authenticator-App. Wenn das nicht geht, geben Sie den Schlüssel in der App ein.',
  'totp.picture': 'QR-Code für Ihre Authenticator-App',
  'totp.key': 'Schlüssel',
  'totp.copy': 'Schlüssel kopieren',
  'totp.copied': 'Kopiert',
  'totp.notCopied': 'Zum Kopieren markieren',

  'passkey.label': 'Passkey',
  'passkey.hint': 'Fingerabdruck, Gesicht oder PIN',
  'passkey.challenge.title': 'Passkey verwenden',
  'passkey.challenge.lead': 'Ihr Gerät verlangt Ihren Fingerabdruck, Ihr Gesicht oder die Bildschirmsperre.',
  'passkey.challenge.button': 'Passkey verwenden',
  'passkey.enrolment.title': 'Passkey hinzufügen',
  'passkey.enrolment.lead': 'Verwenden Sie beim nächsten Mal Fingerabdruck, Gesicht oder Bildschirmsperre.',
  'passkey.enrolment.button': 'Passkey hinzufügen',
  'passkey.remove': 'Diesen Passkey entfernen?',
  'passkey.unsupported': 'Dieser Browser kann hier keinen Passkey verwenden.',
  'passkey.added': 'Diesen Passkey haben Sie schon hinzugefügt.',
  'passkey.wrongAddress': 'Unter dieser Adresse funktioniert kein Passkey.',
  'passkey.unsuitable': 'Ihre Auswahl eignet sich nicht als Passkey. Versuchen Sie etwas anderes.',
  'passkey.notUsed':
    'Der Vorgang wurde abgebrochen, hat zu lange gedauert, oder Sie haben hier keinen Passkey.',
  'passkey.notAdded':
    'Es wurde kein Passkey hinzugefügt: Der Vorgang wurde abgebrochen oder hat zu lange gedauert.',
  'passkey.notAddedFramed':
    'Es wurde kein Passkey hinzugefügt: Der Vorgang wurde abgebrochen oder hat zu lange gedauert. Wenn es wieder fehlschlägt, wählen Sie eine andere Methode.',
  'passkey.notLinked': 'Dieser Passkey gehört nicht zu Ihrem Konto. Verwenden Sie einen anderen.',
  'passkey.timeout': 'Das hat zu lange gedauert.',

  'securityKey.label': 'Sicherheitsschlüssel',
  'securityKey.hint': 'Einstecken oder antippen',
  'securityKey.challenge.title': 'Sicherheitsschlüssel verwenden',
  'securityKey.challenge.lead':
    'Halten Sie ihn bereit. Stecken Sie ihn ein oder tippen Sie ihn an, wenn Ihr Browser es verlangt.',
  'securityKey.challenge.button': 'Sicherheitsschlüssel verwenden',
  'securityKey.enrolment.title': 'Sicherheitsschlüssel hinzufügen',
  'securityKey.enrolment.lead':
    'Halten Sie ihn bereit. Stecken Sie ihn ein oder tippen Sie ihn an, wenn Ihr Browser es verlangt.',
  'securityKey.enrolment.button': 'Sicherheitsschlüssel hinzufügen',
  'securityKey.remove': 'Diesen Sicherheitsschlüssel entfernen?',
  'securityKey.unsupported': 'Dieser Browser kann hier keinen Sicherheitsschlüssel verwenden.',
  'securityKey.added': 'Diesen Sicherheitsschlüssel haben Sie schon hinzugefügt.',
  'securityKey.wrongAddress': 'Unter dieser Adresse funktioniert kein Sicherheitsschlüssel.',
  'securityKey.unsuitable':
    'Ihre Auswahl eignet sich nicht als Sicherheitsschlüssel. Versuchen Sie etwas anderes.',
  'securityKey.notUsed':
    'Der Vorgang wurde abgebrochen, hat zu lange gedauert, oder Sie haben hier keinen Sicherheitsschlüssel.',
  'securityKey.notAdded':
    'Es wurde kein Sicherheitsschlüssel hinzugefügt: Der Vorgang wurde abgebrochen oder hat zu lange gedauert.',
  'securityKey.notAddedFramed':
    'Es wurde kein Sicherheitsschlüssel hinzugefügt: Der Vorgang wurde abgebrochen oder hat zu lange gedauert. Wenn es wieder fehlschlägt, wählen Sie eine andere Methode.',
  'securityKey.notLinked':
    'Dieser Sicherheitsschlüssel gehört nicht zu Ihrem Konto. Verwenden Sie einen anderen.',
  'securityKey.timeout': 'Das hat zu lange gedauert.',

  'push.label': 'Push-Mitteilung',
  'push.hint': 'Auf Ihrem Telefon bestätigen',
  'push.title': 'Auf Ihrem Telefon bestätigen',
  'push.sending': 'Anfrage wird an Ihr Telefon gesendet …',
  'push.sendingTo': 'Anfrage wird an {contact} gesendet …',
  'push.sent': 'Wir haben eine Anfrage an Ihr Telefon gesendet. Öffnen Sie sie dort und bestätigen Sie.',
  'push.sentTo': 'Wir haben eine Anfrage an {contact} gesendet. Öffnen Sie sie dort und bestätigen Sie.',
  'push.failed': 'Wir konnten keine Anfrage an Ihr Telefon senden.',
  'push.failedTo': 'Wir konnten keine Anfrage an {contact} senden.',
  'push.waiting': 'Warten auf Ihre Antwort …',
  'push.resend': 'Erneut senden',
  'push.resendIn': 'Erneut senden in {clock}',
  'push.resent': 'Neue Anfrage gesendet.',
  'push.tooMany':
    'Es wurden zu viele Anfragen gesendet. Sie können {wait} eine neue senden. Die letzte ist vielleicht noch gültig.',
  'push.noResponse': 'Es kam rechtzeitig keine Antwort. Senden Sie eine neue Anfrage.',
  'push.remove': 'Dieses Telefon entfernen?',

  'qrCode.label': 'QR-Code',
  'qrCode.hint': 'Mit Ihrem Telefon scannen',
  'qrCode.title': 'QR-Code scannen',
  'qrCode.lead': 'Öffnen Sie die App auf Ihrem Telefon und scannen Sie damit diesen Code.',
  'qrCode.picture': 'QR-Code für die App auf Ihrem Telefon',
  'qrCode.waiting': 'Warten, bis Sie den Code scannen …',
  'qrCode.scanned': 'Der Code ist gescannt. Bestätigen Sie die Anfrage auf Ihrem Telefon.',
  'qrCode.renewed': 'Es gibt einen neuen Code. Scannen Sie diesen.',
  'qrCode.remove': 'Dieses Telefon für QR-Codes entfernen?',
} satisfies Catalogue
