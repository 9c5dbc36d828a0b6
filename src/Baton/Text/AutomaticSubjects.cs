namespace Baton.Text;

/// <summary>How mail programs and servers begin the subject of what they send by themselves.</summary>
internal static class AutomaticSubjects
{
    private static readonly string[] Absences =
    [
        "automatic reply", "auto-reply", "auto reply", "autoreply", "auto response", "auto-response",
        "automatic response",
        "automated reply", "out of office", "out of the office", "out-of-office", "ooo", "away from office",
        "vacation reply",
        "abwesenheitsnotiz", "abwesenheit", "abwesend", "automatische antwort", "nicht im büro", "réponse automatique",
        "absence du bureau", "absent du bureau", "message d'absence", "respuesta automática", "fuera de la oficina",
        "risposta automatica", "fuori ufficio", "automatisch antwoord", "automatische reactie",
        "afwezigheidsbericht", "afwezig",
        "resposta automática", "fora do escritório", "ausência temporária", "odpowiedź automatyczna", "autoodpowiedź",
        "nieobecność", "automatiskt svar", "autosvar", "frånvaro", "frånvarande", "automatisk svar", "autosvar",
        "fravær",
        "ikke på kontoret", "automaattinen vastaus", "poissa", "poissaoloviesti", "automatická odpověď",
        "mimo kancelář",
        "otomatik yanıt", "ofis dışında", "自動応答", "自動返信", "不在通知", "自动回复", "自動回覆", "外出自动回复", "автоответ",
        "автоматический ответ", "відповідь автоматична", "automatikus válasz", "자동 회신", "부재중", "رد تلقائي",
    ];

    private static readonly string[] Failures =
    [
        "undeliverable", "undelivered mail returned to sender", "undelivered", "delivery status notification",
        "mail delivery failed",
        "mail delivery failure", "mail delivery subsystem", "mail system error", "returned mail", "failure notice",
        "delivery failure",
        "delivery has failed", "delivery delayed", "warning: message", "message not delivered", "unzustellbar",
        "nicht zustellbar",
        "nicht zugestellt", "zustellung fehlgeschlagen", "non remis", "non distribuable", "échec de la remise",
        "échec de remise",
        "no se puede entregar", "no entregado", "impossibile recapitare", "non recapitabile", "mancato recapito",
        "onbestelbaar",
        "niet bezorgd", "não é possível entregar", "não entregue", "niedostarczalne", "nie można dostarczyć",
        "zwrot wiadomości",
        "kan inte levereras", "olevererbart", "kan ikke leveres", "ei voida toimittaa", "nedoručitelné",
        "teslim edilemedi",
        "недоставлено", "не удалось доставить", "配信不能", "配信できません", "未送达", "无法投递", "退信",
    ];

    /// <summary>"Automatic reply: …", "Abwesenheitsnotiz".</summary>
    public static bool IsAbsence(string subject) => Starts(subject, Absences);

    /// <summary>"Undeliverable: …".</summary>
    public static bool IsFailure(string subject) => Starts(subject, Failures);

    /// <summary>The phrase must be all that is said before a mark: "Out of office chairs" is a customer's.</summary>
    private static bool Starts(string subject, string[] phrases)
    {
        foreach (var phrase in phrases)
        {
            if (!subject.StartsWith(phrase, StringComparison.OrdinalIgnoreCase)) continue;
            var rest = subject.AsSpan(phrase.Length).TrimStart();
            if (rest.Length == 0 || !char.IsLetterOrDigit(rest[0])) return true;
        }
        return false;
    }
}
