using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Operations.Vendors;

namespace Baton.Channels.Langfuse;

/// <summary>
/// Scores on the traces of turns (api.reference.langfuse.com, <c>POST /api/public/scores</c>). The id of a score
/// makes the
/// same one twice be one.
/// </summary>
internal sealed class LangfuseChannel(ChannelOptions channels, TimeProvider clock) : IChannel, IDisposable
{
    public const string ChannelName = "langfuse";

    private const string Group = "BATON__Channels__Langfuse__";

    private readonly LangfuseOptions _options = channels.Langfuse;
    private readonly VendorCalls _calls = new(new VendorAccess
    {
        Setting = Group, Url = channels.Langfuse.Url, AllowPrivate = channels.Langfuse.AllowPrivate,
        Timeout = channels.Langfuse.Timeout,
        Sign = request => request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{channels.Langfuse.PublicKey}:{channels.Langfuse.SecretKey}"))),
    }, clock);

    public string Name => ChannelName;

    public ChannelWays Ways => ChannelWays.Own;

    public string? Missing(ChannelWays way) =>
        _options.PublicKey.Length == 0 ? $"{Group}PublicKey is not set: give it the public key of the project"
        : _options.SecretKey.Length == 0 ? $"{Group}SecretKey is not set: give it the secret key of the project"
        : null;

    public async Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken) =>
        message is OutgoingEvent { Type: ScoreKeeper.Type } score
            ? HelpdeskDelivery.Sent(
                await _calls.SendAsync(HttpMethod.Post, "/api/public/scores",
                    (JsonObject)JsonSerializer.SerializeToNode(score.Data)!, cancellationToken),
                reply => reply.Body.Text("id"))
            : new DeliveryOutcome.Rejected("only scores go to Langfuse");

    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new TestStep("ask Langfuse whose keys these are",
            await _calls.GetAsync("/api/public/projects", cancellationToken) is VendorAnswer.Failed failed
                ? failed.Failure.Why : null);
    }

    public void Dispose() => _calls.Dispose();
}
