using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Channels.Reading;
using Baton.Conversations.Inbound;
using Baton.Operations.Vendors;

namespace Baton.Channels.Freshdesk;

/// <summary>
/// Freshdesk: an automation rule says which ticket has changed, the API says how. Answers are replies, the handoff is a
/// private note.
/// </summary>
internal sealed class FreshdeskChannel(ChannelOptions channels, TimeProvider clock, IntakeOptions? intake = null)
    : IChannel, IHelpdesk, IDisposable
{
    /// <summary>Who the webhooks of rules log in as.</summary>
    public const string User = "baton";

    private const string Group = "BATON__Channels__Freshdesk__", Authorization = "Authorization";
    private const int MostPages = 50, Pending = 3;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FreshdeskOptions _options = channels.Freshdesk;
    private readonly VendorCalls _calls = new(Access(channels.Freshdesk, clock), clock);

    public string Name => "freshdesk";

    public ChannelWays Ways => ChannelWays.In | ChannelWays.Out | ChannelWays.Records;

    public bool CarriesMarkdown => true;

    public bool CarriesFiles => true;

    public string? Missing(ChannelWays way) =>
        _options.Url is null ? $"{Group}Url is not set: give it your account, such as https://acme.freshdesk.com"
        : _options.ApiKey.Length == 0 ? $"{Group}ApiKey is not set: give it the key of an agent of Baton's own"
        : _options.AgentId == 0
            ? $"{Group}AgentId is not set: give it the number of that agent, so that its own replies are known"
        : way == ChannelWays.In && _options.SecretList.Count == 0
            ? $"{Group}Secrets is not set: give it the password that your automation rules log in with"
        : null;

    public Verification Verify(InboundRequest request) =>
        request.Header(Authorization) is not { Length: > 0 } given
            ? new Verification.Refused($"header {Authorization} is missing: let the rule log in as {User}")
        : SignatureCheck.Fits(given, _options.SecretList.Select(secret => "Basic " + Basic(User, secret)))
            ? new Verification.Verified()
        : new Verification.Refused($"{Authorization} is not of user {User} with one of our passwords");

    public ParsedRequest Parse(InboundRequest request) => FreshdeskJson.ReadWebhook(request.Body);

    public async Task<ReadOutcome> ReadAsync(string externalId, CancellationToken cancellationToken)
    {
        if (!FreshdeskJson.IsId(externalId)) return new ReadOutcome.Gone();
        var path = $"/api/v2/tickets/{externalId}";
        var ticket = await _calls.GetAsync(path + "?include=requester", cancellationToken);
        if (ticket is VendorAnswer.Failed failed) return HelpdeskDelivery.Read(failed.Failure);
        var pages = new List<JsonElement>();
        for (var (page, more) = (1, true); more && page <= MostPages; page++)
        {
            var answer = await _calls.GetAsync($"{path}/conversations?per_page=100&page={page}", cancellationToken);
            if (answer is not VendorAnswer.Done { Reply: var reply })
                return HelpdeskDelivery.Read(((VendorAnswer.Failed)answer).Failure);
            pages.Add(reply.Body);
            more = reply.Headers.Contains("link");
        }
        JsonElement ratings = default;
        // Not every plan has surveys: without an answer there is no rating.
        if (_options.ReadRatings
            && await _calls.GetAsync(path + "/satisfaction_ratings", cancellationToken) is VendorAnswer.Done rated)
            ratings = rated.Reply.Body;
        return new ReadOutcome.Found(
            FreshdeskJson.Ticket(((VendorAnswer.Done)ticket).Reply.Body, pages, ratings, _options));
    }

    public Task<Arrival> CompleteAsync(Arrival arrival, CancellationToken cancellationToken) =>
        // The addresses are signed for some minutes; the key is for the API alone.
        HelpdeskFiles.FillAsync(arrival, _options, intake, _ => { }, clock, cancellationToken);

    public TimeSpan? CatchUpEvery => _options.CatchUp;

    public async Task<ChangesOutcome> ChangedAsync(
        string? mark, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var look = ChangeMark.Read(mark, since, clock.GetUtcNow());
        var page = int.TryParse(look.Page, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : 1;
        var from = Uri.EscapeDataString(
            look.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        return await _calls.GetAsync(
            $"/api/v2/tickets?updated_since={from}&order_by=updated_at&order_type=asc&per_page=100&page={page}",
            cancellationToken) switch
        {
            VendorAnswer.Done { Reply: var reply } => look.Found(
                reply.Body.Items().Select(t => t.Id("id")).OfType<string>().Where(FreshdeskJson.IsId),
                reply.Headers.Contains("link") ? (page + 1).ToString(CultureInfo.InvariantCulture) : null),
            VendorAnswer.Failed { Failure: var failure } => new ChangesOutcome.Failed(failure.Why, failure.After),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };
    }

    public Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken) =>
        HelpdeskDelivery.DeliverAsync(this, message, cancellationToken);

    public async Task<VendorAnswer> SayAsync(
        OutgoingText text, RemoteTicket there, CancellationToken cancellationToken)
    {
        // First, because what comes after the reply is not done again.
        if (text.Kind is "replied" or "asked" or "agent_replied"
            && await UpdateAsync(text.ExternalId!, new JsonObject { ["status"] = Pending }, cancellationToken)
                is VendorAnswer.Failed failed) return failed;
        return await _calls.SendAsync(() => new HttpRequestMessage(
            HttpMethod.Post, new Uri(_options.Url!, $"/api/v2/tickets/{text.ExternalId}/reply"))
        {
            Content = Reply(text),
        }, cancellationToken);
    }

    public Task<VendorAnswer> FileAsync(
        OutgoingRecord record, RemoteTicket there, CancellationToken cancellationToken) =>
        UpdateAsync(record.ExternalId!, FreshdeskJson.Record(record, there, _options), cancellationToken);

    public Task<VendorAnswer> NoteAsync(OutgoingRecord record, CancellationToken cancellationToken) => _calls.SendAsync(
        HttpMethod.Post, $"/api/v2/tickets/{record.ExternalId}/notes",
        new JsonObject { ["body"] = PlainHtml.Of(record.Note!), ["private"] = true }, cancellationToken);

    public string? Created(VendorReply reply) => reply.Body.Id("id");

    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new TestStep($"ask {_options.Url} who the key is of",
            await _calls.GetAsync("/api/v2/agents/me", cancellationToken) switch
            {
                VendorAnswer.Failed failed => failed.Failure.Why,
                VendorAnswer.Done done when done.Reply.Body.Id("id") is var id && id != $"{_options.AgentId}" =>
                    $"it is of agent {id}: set {Group}AgentId to {id}",
                _ => null,
            });
    }

    public void Dispose() => _calls.Dispose();

    private Task<VendorAnswer> UpdateAsync(string id, JsonObject ticket, CancellationToken cancellationToken) =>
        _calls.SendAsync(HttpMethod.Put, $"/api/v2/tickets/{id}", ticket, cancellationToken);

    /// <summary>Files go as a form, 20 MB of them at most.</summary>
    private static HttpContent Reply(OutgoingText text)
    {
        var html = CustomerText.Html(text);
        if (text.Files.Count == 0)
            return new StringContent(
                new JsonObject { ["body"] = html }.ToJsonString(), Encoding.UTF8, "application/json");
        var form = new MultipartFormDataContent { { new StringContent(html), "body" } };
        foreach (var file in text.Files)
            form.Add(new ReadOnlyMemoryContent(file.Body)
            {
                Headers = { ContentType = MediaTypeHeaderValue.Parse(file.Type) },
            }, "attachments[]", file.Name);
        return form;
    }

    private static string Basic(string user, string password) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private static VendorAccess Access(FreshdeskOptions options, TimeProvider clock) => new()
    {
        Setting = Group, Url = options.Url, AllowPrivate = options.AllowPrivate, Timeout = options.Timeout,
        // The vendor takes the key as the user, and anything as its password.
        Sign = request => request.Headers.Authorization =
            new AuthenticationHeaderValue("Basic", Basic(options.ApiKey, "X")),
        Judge = reply => reply.Status is >= 400 and < 500 and not (408 or 425)
            ? new VendorFailure(reply.Said(Word(reply)), reply.Status == 429, reply.After(clock.GetUtcNow())) : null,
        // Limits are by the minute, and the vendor does not say when it is over.
        Exhausted = reply => reply.Status != 429 && reply.Number("X-RateLimit-Remaining") == 0 ? Minute : null,
    };

    private static string? Word(VendorReply reply)
    {
        var error = reply.Body.Items("errors").FirstOrDefault();
        string?[] words =
            [reply.Body.Text("description") ?? reply.Body.Text("message"), error.Text("field"), error.Text("message")];
        return string.Join(", ", words.OfType<string>());
    }
}
