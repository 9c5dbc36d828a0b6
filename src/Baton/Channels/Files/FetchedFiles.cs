using Baton.Conversations.Attachments;
using Baton.Operations;
using Microsoft.Security.AntiSSRF;

namespace Baton.Channels.Files;

/// <summary>
/// Gets files of messages from where another service keeps them. What is not to be had stays a line in the ticket: no
/// message waits for its files.
/// </summary>
/// <param name="rules">How much is kept; nothing more is fetched.</param>
/// <param name="timeout">Of one file.</param>
/// <param name="isOwn">Whether an address is of the service itself: its credentials go nowhere else.</param>
/// <param name="sign">Puts the credentials on a request.</param>
internal sealed class FetchedFiles(
    AttachmentOptions rules, bool allowPrivate, TimeSpan timeout, Func<Uri, bool> isOwn,
    Action<HttpRequestMessage> sign, TimeProvider clock)
{
    private const int MostRedirects = 3;

    /// <summary>The same files, those with a <see cref="InboundAttachment.Source"/> fetched.</summary>
    public async Task<IReadOnlyList<InboundAttachment>> OfAsync(
        IReadOnlyList<InboundAttachment> files, CancellationToken cancellationToken)
    {
        var (read, bytes) = (new List<InboundAttachment>(files.Count), 0L);
        foreach (var file in files)
        {
            read.Add(file.Source is null ? file
                : read.Count >= rules.PerMessage
                    ? file with { NotRead = $"its message has more than {rules.PerMessage} files" }
                : file.Size > rules.LargestBytes
                    ? file with { NotRead = $"it has {file.Size:N0} bytes, {rules.LargestBytes:N0} are kept at most" }
                : bytes >= rules.BytesPerMessage
                    ? file with { NotRead = $"the files of its message have {rules.BytesPerMessage:N0} bytes or more" }
                : await GetAsync(file, file.Source, cancellationToken));
            bytes += read[^1].Body.Length;
        }
        return read;
    }

    /// <summary>It may stand behind redirects, without log-in.</summary>
    private async Task<InboundAttachment> GetAsync(
        InboundAttachment file, Uri source, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var http = new HttpClient(OutsideCalls.Handler(allowPrivate)) { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            var at = source;
            for (var redirects = 0; redirects <= MostRedirects; redirects++)
            {
                if (at.Scheme != Uri.UriSchemeHttps && !(allowPrivate && at.Scheme == Uri.UriSchemeHttp))
                    return file with { NotRead = "its address is not an https address" };
                using var request = new HttpRequestMessage(HttpMethod.Get, at);
                if (isOwn(at)) sign(request);
                using var answer = await http.SendAsync(
                    request, HttpCompletionOption.ResponseHeadersRead, either.Token);
                if ((int)answer.StatusCode is >= 300 and < 400 && answer.Headers.Location is { } next)
                {
                    at = new Uri(at, next);
                    continue;
                }
                if (!answer.IsSuccessStatusCode)
                    return file with { NotRead = $"its server answered {(int)answer.StatusCode}" };
                return await ReadAsync(file, answer.Content, either.Token);
            }
            return file with { NotRead = "it was sent from one address to another" };
        }
        catch (Exception error) when (error is HttpRequestException or IOException or AntiSSRFException
            || error is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return file with { NotRead = "it could not be fetched" };
        }
    }

    private async Task<InboundAttachment> ReadAsync(
        InboundAttachment file, HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > rules.LargestBytes)
                return file with { NotRead = $"it has more than {rules.LargestBytes:N0} bytes" };
        }
        return new InboundAttachment(file.Name, bytes.ToArray());
    }
}
