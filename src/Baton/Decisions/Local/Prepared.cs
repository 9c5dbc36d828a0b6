using Baton.Gateway;
using Baton.Knowledge.Choice;
using Baton.Knowledge.Vectors;

namespace Baton.Decisions.Local;

/// <summary>Vectors of a message before it is read.</summary>
internal static class Prepared
{
    /// <summary>
    /// A service is asked once, for the message and its questions. Where it is out of reach, the n-gram model reads the
    /// message alone.
    /// </summary>
    public static async ValueTask MakeAsync(
        TextVectors vectors, string customer, string text, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> texts = vectors.IsOfService ? [text, .. MessageUnits.Of(text).Questions] : [text];
        try
        {
            await vectors.MakeAsync(customer, texts, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException)
        {
            // Receipts and breakers of the gateway tell of it.
        }
    }
}
