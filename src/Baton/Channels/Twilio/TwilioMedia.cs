using Baton.Conversations.Attachments;
using Baton.Operations;
using Microsoft.Security.AntiSSRF;

namespace Baton.Channels.Twilio;

/// <summary>
/// Gets a file of a message from where Twilio keeps it; it may stand behind one redirect, without log-in.
/// </summary>
internal static class TwilioMedia
{
    private const int MostRedirects = 3;

    public static async Task<InboundAttachment> GetAsync(
        InboundAttachment file, TwilioOptions options, int largest, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var http = new HttpClient(
            OutsideCalls.Handler(options.AllowPrivate)) { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            var at = file.Source!;
            for (var redirects = 0; redirects <= MostRedirects; redirects++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, at);
                // Credentials go to Twilio itself and to nobody that it names.
                if (at.Host.EndsWith(".twilio.com", StringComparison.OrdinalIgnoreCase)
                    && at.Scheme == Uri.UriSchemeHttps
                    || at.Authority == options.Address.Authority)
                    request.Headers.Authorization = TwilioChannel.Basic(options);
                using var answer = await http.SendAsync(
                    request, HttpCompletionOption.ResponseHeadersRead, either.Token);
                if ((int)answer.StatusCode is >= 300 and < 400 && answer.Headers.Location is { } next)
                {
                    at = new Uri(at, next);
                    continue;
                }
                if (!answer.IsSuccessStatusCode)
                    return file with { NotRead = $"its server answered {(int)answer.StatusCode}" };
                return await ReadAsync(file, answer.Content, largest, either.Token);
            }
            return file with { NotRead = "it was sent from one address to another" };
        }
        catch (Exception error) when (error is HttpRequestException or IOException or AntiSSRFException
            || error is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return file with { NotRead = "it could not be fetched" };
        }
    }

    private static async Task<InboundAttachment> ReadAsync(
        InboundAttachment file, HttpContent content, int largest, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > largest) return file with { NotRead = $"it has more than {largest:N0} bytes" };
        }
        return new InboundAttachment(file.Name, bytes.ToArray());
    }
}
