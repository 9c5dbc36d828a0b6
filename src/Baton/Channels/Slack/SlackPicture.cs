using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Operations;
using Baton.Operations.Vendors;

namespace Baton.Channels.Slack;

/// <summary>
/// Puts a picture under a message (docs.slack.dev, files.getUploadURLExternal and files.completeUploadExternal; scope
/// <c>files:write</c>). The message has left already: a picture that fails is left out.
/// </summary>
internal sealed class SlackPicture(VendorCalls calls, SlackOptions options) : IDisposable
{
    /// <summary>Where uploads go, whatever the address of the API.</summary>
    private const string Uploads = ".slack.com";

    private readonly HttpClient _http =
        new(OutsideCalls.Handler(options.AllowPrivate)) { Timeout = options.Timeout };

    /// <returns>Whether it is there.</returns>
    /// <param name="ts">Time of the message, by which Slack knows it.</param>
    public async Task<bool> AddAsync(
        OutgoingFile picture, string channel, string ts, CancellationToken cancellationToken)
    {
        var size = picture.Body.Length.ToString(CultureInfo.InvariantCulture);
        if (await calls.GetAsync($"/api/files.getUploadURLExternal?filename={picture.Name}&length={size}", cancellationToken)
                is not VendorAnswer.Done { Reply.Body: var place }
            || place.Text("upload_url") is not { } address || place.Text("file_id") is not { } file
            || !await SendAsync(address, picture, cancellationToken)) return false;
        return await calls.SendAsync(HttpMethod.Post, "/api/files.completeUploadExternal", new JsonObject
        {
            ["files"] = new JsonArray(new JsonObject { ["id"] = file, ["title"] = picture.Name }),
            ["channel_id"] = channel, ["thread_ts"] = ts,
        }, cancellationToken) is VendorAnswer.Done;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Without the token: the address is a ticket of its own.</summary>
    private async Task<bool> SendAsync(string address, OutgoingFile picture, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || !IsTheirs(url)) return false;
        using var content = new ReadOnlyMemoryContent(picture.Body);
        try
        {
            using var answer = await _http.PostAsync(url, content, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is HttpRequestException or OperationCanceledException or IOException)
        {
            return false;
        }
    }

    private bool IsTheirs(Uri url) => url.Host == options.Url?.Host
        || (url.Scheme == Uri.UriSchemeHttps && url.Host.EndsWith(Uploads, StringComparison.OrdinalIgnoreCase));
}
