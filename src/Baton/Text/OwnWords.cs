using Baton.Text.Quoting;

namespace Baton.Text;

/// <summary>
/// What the customer wrote themself, and so what is answered: without quotations, forwarded mail, signatures and
/// notices. An old complaint below a calm reply must not make the reply sound angry. What must be <em>noticed</em> is
/// more: see <see cref="NoticedWords"/>.
/// </summary>
public static class OwnWords
{
    /// <summary>
    /// The customer's own part of a message. When everything is quoted or forwarded there is nothing else to read, so
    /// a message without any own words yields its introduction or an empty text, never the quotation.
    /// </summary>
    public static string Of(string message)
    {
        if (!MailLines.MayQuote(message)) return message;
        var own = MailLines.Of(message, []).Where(l => l.Kind == LineKind.Own).Select(l => l.Text).ToList();
        return string.Join('\n', Footers.Without(own));
    }
}
