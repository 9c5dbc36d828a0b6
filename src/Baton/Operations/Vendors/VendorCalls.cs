using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Security.AntiSSRF;

namespace Baton.Operations.Vendors;

/// <summary>
/// Calls a vendor's API: every way it can end is a value. Once the vendor says that no call is left, nobody calls
/// before it said so.
/// </summary>
internal sealed class VendorCalls(VendorAccess access, TimeProvider clock) : IDisposable
{
    /// <summary>Largest answer that is read, bytes.</summary>
    private const int LargestReply = 4 * 1024 * 1024;

    /// <summary>RFC 8470; the framework has no name for it.</summary>
    private const HttpStatusCode TooEarly = (HttpStatusCode)425;

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>What the other side reads is JSON, not HTML.</summary>
    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _http = new(OutsideCalls.Handler(access.AllowPrivate))
    {
        Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestReply,
    };

    private long _pausedUntil;

    /// <param name="path">Under the address of the API, or an address on the same host.</param>
    /// <param name="body">JSON, or null for none.</param>
    public Task<VendorAnswer> SendAsync(
        HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken) =>
        SendAsync(() =>
        {
            var request = new HttpRequestMessage(method, new Uri(access.Url!, path));
            if (body is not null)
                request.Content = new StringContent(body.ToJsonString(Plain), Encoding.UTF8, "application/json");
            return request;
        }, cancellationToken);

    public Task<VendorAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <param name="make">Makes the request; its address must be on the vendor's host.</param>
    public async Task<VendorAnswer> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Paused() is { } left)
            return Failed($"its rate limit is used up for {Math.Ceiling(left.TotalSeconds):0} s", true, left);
        using var timeout = new CancellationTokenSource(access.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = make();
            // Credentials never leave for a host that an answer has named.
            if (!SameHost(request.RequestUri)) return Failed("named an address on another host", false);
            access.Sign(request);
            using var response = await _http.SendAsync(request, either.Token);
            return Judge(await ReadAsync(response, either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"no answer within {access.Timeout.TotalSeconds:0.#} s", true);
        }
        catch (AntiSSRFException)
        {
            return Failed(
                $"{access.Setting}Url leads to a private address: set {access.Setting}AllowPrivate to true where it "
                + "is meant", false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return Failed(error.Message, true);
        }
    }

    public void Dispose() => _http.Dispose();

    private VendorAnswer Judge(VendorReply reply)
    {
        if (access.Exhausted(reply) is { } pause) Pause(pause);
        if ((access.Judge(reply) ?? ByStatus(reply)) is not { } failure) return new VendorAnswer.Done(reply);
        if (reply.Status == (int)HttpStatusCode.TooManyRequests && failure.After is { } after) Pause(after);
        return new VendorAnswer.Failed(failure with { Status = reply.Status });
    }

    private VendorFailure? ByStatus(VendorReply reply) => (HttpStatusCode)reply.Status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => null,
        HttpStatusCode.RequestTimeout or TooEarly or HttpStatusCode.TooManyRequests
            or >= HttpStatusCode.InternalServerError =>
            new VendorFailure(reply.Said(null), true, reply.After(clock.GetUtcNow())),
        < HttpStatusCode.BadRequest => new VendorFailure(
            reply.Said($"no redirect is followed, set {access.Setting}Url to the address it leads to"), false),
        _ => new VendorFailure(reply.Said(null), false),
    };

    private static async Task<VendorReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new VendorReply(
            (int)response.StatusCode, response.Headers, VendorJson.Parse(body), Encoding.UTF8.GetString(body));
    }

    private bool SameHost(Uri? address) => access.Url is { } own && address is not null
        && Uri.Compare(own, address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped,
            StringComparison.OrdinalIgnoreCase) == 0;

    private void Pause(TimeSpan pause)
    {
        if (pause <= TimeSpan.Zero) return;
        var until = clock.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
        Interlocked.Exchange(ref _pausedUntil, until.UtcTicks);
    }

    private TimeSpan? Paused()
    {
        var left = Interlocked.Read(ref _pausedUntil) - clock.GetUtcNow().UtcTicks;
        return left > 0 ? TimeSpan.FromTicks(left) : null;
    }

    private static VendorAnswer.Failed Failed(string why, bool mayPass, TimeSpan? after = null) =>
        new(new VendorFailure(why, mayPass, after));
}
