namespace Baton.Text.Quoting;

/// <summary>Lines with which mail programs begin a signature, or which are one.</summary>
internal static class SignatureMarks
{
    private const int Longest = 80;

    /// <summary>How the line of a telephone begins, in the languages telephones are sold with.</summary>
    private static readonly string[] Telephones =
    [
        "sent from my ", "sent from outlook", "sent from mail", "sent from yahoo", "sent from proton",
        "sent from the ", "sent via ", "sent with ", "get outlook for ", "get bluemail", "sent using ",
        "von meinem ", "gesendet von ", "gesendet mit ", "diese nachricht wurde von meinem", "envoyé de mon ",
        "envoyé depuis ", "envoyé à partir ", "envoyé avec ", "enviado desde ", "enviado do meu ",
        "enviado a partir ", "enviado com ", "inviato da ", "verzonden vanaf ", "verstuurd vanaf ",
        "verzonden met ", "wysłane z ", "wysłano z ", "skickat från ", "sendt fra ", "lähetetty ", "odesláno z ",
        "odoslané z ", "отправлено с ", "отправлено из ", "iphoneから送信", "发自我的", "從我的", "나의 iphone",
        "obter o outlook", "outlook für ", "télécharger outlook", "obtener outlook",
    ];

    /// <summary>The two dashes that start a signature; with the space that belongs to them or without.</summary>
    public static bool Starts(string line) => line is "--" or "-- " or "—";

    /// <summary>"Sent from my iPhone": nothing anybody wrote.</summary>
    public static bool IsWhole(string line)
    {
        if (line.Length is 0 or > Longest) return false;
        foreach (var start in Telephones)
            if (line.AsSpan().TrimStart().StartsWith(start, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
