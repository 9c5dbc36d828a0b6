using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using Baton.Operations;
using Microsoft.Security.AntiSSRF;

namespace Baton.Channels.Webhook;

/// <summary>
/// Any program that can receive and sign: tickets and messages come in by <c>POST /channels/webhook</c>, what is said
/// and what people must know goes out to one address. Signed both ways by Standard Webhooks.
/// </summary>
internal sealed class WebhookChannel(ChannelOptions channels, TimeProvider clock) : IChannel, IDisposable
{
    private const string Group = "BATON__Channels__Webhook__";

    /// <summary>RFC 8470; the framework has no name for it.</summary>
    private const HttpStatusCode TooEarly = (HttpStatusCode)425;

    private readonly WebhookOptions _options = channels.Webhook;
    private readonly WebhookSignature _signature = new(channels.Webhook.SecretList, channels.Webhook.Window, clock);
    private readonly HttpClient _http =
        new(OutsideCalls.Handler(channels.Webhook.AllowPrivate)) { Timeout = Timeout.InfiniteTimeSpan };

    public string Name => "webhook";

    public ChannelWays Ways => ChannelWays.In | ChannelWays.Out | ChannelWays.Notices;

    /// <summary>As names; the program fetches them over the API.</summary>
    public bool CarriesFiles => true;

    public int LargestBody => _options.LargestBody;

    public string? Missing(ChannelWays way) =>
        _options.SecretList.Count == 0 ? $"{Group}Secrets is not set: give it the secret that both sides sign with"
        : way != ChannelWays.In && _options.Url is null
            ? $"{Group}Url is not set: give it the address that takes what is sent"
        : null;

    public Verification Verify(InboundRequest request) => _signature.Problem(request) is { } problem
        ? new Verification.Refused(problem)
        : new Verification.Verified();

    public ParsedRequest Parse(InboundRequest request) =>
        WebhookJson.Read(request.Body, request.Header(WebhookSignature.Id) ?? "", Name);

    public string? Unreachable(OutgoingText text) => null;

    public async Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken)
    {
        using var request = Request(IdOf(message), clock.GetUtcNow(), WebhookJson.Write(message));
        return await SendAsync(request, IdOf(message), cancellationToken);
    }

    private async Task<DeliveryOutcome> SendAsync(
        HttpRequestMessage request, string id, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Outcome(response, id);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryOutcome.Retry($"no answer within {_options.Timeout.TotalSeconds:0.#} s");
        }
        catch (AntiSSRFException)
        {
            return new DeliveryOutcome.Rejected(
                $"{Group}Url leads to a private address: set {Group}AllowPrivate to true where it is meant");
        }
        catch (HttpRequestException error)
        {
            return new DeliveryOutcome.Retry(error.Message);
        }
    }

    /// <summary>A signed request as the other side would send it, and one as it will get them.</summary>
    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (at, id) = (clock.GetUtcNow(), $"test-{Guid.CreateVersion7(clock.GetUtcNow()):N}");
        using var request = Request(id, at, WebhookJson.Test(at));
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var read = Verify(new InboundRequest(
            body, request.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value))));
        yield return new TestStep("sign a request and verify it", (read as Verification.Refused)?.Why);
        if (read is not Verification.Verified) yield break;
        yield return new TestStep($"send {WebhookJson.TestType} to {_options.Url}",
            await SendAsync(request, id, cancellationToken) switch
            {
                DeliveryOutcome.Retry retry => retry.Why,
                DeliveryOutcome.Rejected rejected => rejected.Why,
                _ => null,
            });
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(string id, DateTimeOffset at, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _options.Url)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation(WebhookSignature.Id, id);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", id);
        request.Headers.TryAddWithoutValidation(
            WebhookSignature.Timestamp, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(WebhookSignature.Signature, _signature.Sign(id, at, body));
        return request;
    }

    /// <summary>The dot separates what is signed, so an id has none; ids of tickets have no percent sign.</summary>
    private static string IdOf(Outgoing message) =>
        message.IdempotencyKey.Replace(".", "%2E", StringComparison.Ordinal);

    private DeliveryOutcome Outcome(HttpResponseMessage response, string id)
    {
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => new DeliveryOutcome.Delivered(id),
            HttpStatusCode.RequestTimeout or TooEarly or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError =>
                new DeliveryOutcome.Retry($"answered {status}", After(response.Headers.RetryAfter)),
            < HttpStatusCode.BadRequest => new DeliveryOutcome.Rejected(
                $"answered {status}: no redirect is followed, set {Group}Url to the address it leads to"),
            _ => new DeliveryOutcome.Rejected($"answered {status}"),
        };
    }

    private TimeSpan? After(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date && date > clock.GetUtcNow() ? date - clock.GetUtcNow() : null);
}
