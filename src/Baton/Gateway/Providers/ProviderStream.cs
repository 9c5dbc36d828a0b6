using System.Runtime.CompilerServices;

namespace Baton.Gateway.Providers;

/// <summary>Turns the ways in which a stream can break into the gateway's own failure.</summary>
internal static class ProviderStream
{
    public static GatewayException Cut(Exception? inner = null) =>
        new(GatewayFailure.ProviderFailed, "the provider's stream broke off before its end", inner)
        {
            MayBeBilled = true,
        };

    public static async IAsyncEnumerable<T> Explain<T>(
        IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var items = source.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await items.MoveNextAsync().ConfigureAwait(false)) yield break;
            }
            catch (Exception error) when (error is IOException or HttpRequestException)
            {
                throw Cut(error);
            }
            yield return items.Current;
        }
    }
}
