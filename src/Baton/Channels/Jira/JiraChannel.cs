using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Channels.Recording;
using Baton.Operations.Vendors;
using Baton.Text.Words;

namespace Baton.Channels.Jira;

/// <summary>
/// Issues of Jira Cloud for what engineers have to look at (REST API 3). Jira knows no key of a repetition, so each
/// issue has a label that follows from its ticket, and it is looked for before it is created. Personal data stays here:
/// an issue has placeholders.
/// </summary>
internal sealed class JiraChannel(ChannelOptions channels, TimeProvider clock) : IChannel, IDisposable
{
    private const string Group = "BATON__Channels__Jira__";
    private const int LongestSummary = 250, LongestText = 30_000;

    private readonly JiraOptions _options = channels.Jira;
    private readonly VendorCalls _calls = new(Access(channels.Jira, clock), clock);

    public string Name => "jira";

    public ChannelWays Ways => ChannelWays.Records;

    public string? Missing(ChannelWays way) =>
        _options.Url is null ? $"{Group}Url is not set: give it your site, such as https://acme.atlassian.net"
        : _options.Email.Length == 0 || _options.Token.Length == 0
            ? $"{Group}Email and {Group}Token are not both set: give them a user and its API token"
        : _options.Project.Length == 0 ? $"{Group}Project is not set: give it the key of the project"
        : null;

    public bool Records(RecordSubject subject) => RouteList.Names(_options.Routes, subject);

    public async Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken) =>
        message switch
    {
        OutgoingRecord { ExternalId: { } key } record => await CommentAsync(record, key, cancellationToken),
        OutgoingRecord record => await CreateAsync(record, cancellationToken),
        _ => new DeliveryOutcome.Rejected("only records become issues"),
    };

    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new TestStep($"look for project {_options.Project}",
            await _calls.GetAsync($"/rest/api/3/project/{Uri.EscapeDataString(_options.Project)}", cancellationToken)
                is VendorAnswer.Failed failed ? failed.Failure.Why : null);
    }

    public void Dispose() => _calls.Dispose();

    private async Task<DeliveryOutcome> CreateAsync(OutgoingRecord record, CancellationToken cancellationToken)
    {
        var label = Label(record.IdempotencyKey);
        var jql = Uri.EscapeDataString($"project = \"{_options.Project}\" AND labels = \"{label}\"");
        var found = await _calls.GetAsync(
            $"/rest/api/3/search/jql?jql={jql}&fields=key&maxResults=1", cancellationToken);
        if (found is VendorAnswer.Failed) return HelpdeskDelivery.Sent(found, _ => null);
        if (((VendorAnswer.Done)found).Reply.Body.Items("issues").FirstOrDefault().Text("key") is { } there)
            return new DeliveryOutcome.Delivered(there);
        var title = RouteList.Title(record);
        var fields = new JsonObject
        {
            ["project"] = new JsonObject { ["key"] = _options.Project },
            ["issuetype"] = new JsonObject { ["name"] = _options.IssueType },
            ["summary"] = CutText.Of(title, LongestSummary),
            ["labels"] = new JsonArray("baton", label), ["description"] = Document(record.PublicNote ?? title),
        };
        if (_options.Priority)
            fields["priority"] = new JsonObject
            {
                ["name"] = record.Priority switch { "urgent" => "Highest", "high" => "High", "low" => "Low",
                    _ => "Medium" },
            };
        return HelpdeskDelivery.Sent(
            await _calls.SendAsync(HttpMethod.Post, "/rest/api/3/issue", new JsonObject { ["fields"] = fields },
                cancellationToken),
            reply => reply.Body.Text("key"));
    }

    /// <summary>The label of a comment is its last line: what an earlier attempt wrote is known by it.</summary>
    private async Task<DeliveryOutcome> CommentAsync(
        OutgoingRecord record, string key, CancellationToken cancellationToken)
    {
        var path = $"/rest/api/3/issue/{Uri.EscapeDataString(key)}/comment";
        var label = Label(record.IdempotencyKey);
        var there = await _calls.GetAsync(path + "?orderBy=-created&maxResults=50", cancellationToken);
        if (there is not VendorAnswer.Done { Reply: var reply }) return HelpdeskDelivery.Sent(there, _ => null);
        if (reply.Text.Contains(label, StringComparison.Ordinal)) return new DeliveryOutcome.Delivered(key);
        var text = record.PublicNote ?? $"Ticket {record.TicketId} is closed.";
        return HelpdeskDelivery.Sent(
            await _calls.SendAsync(HttpMethod.Post, path, new JsonObject { ["body"] = Document($"{text}\n{label}") },
                cancellationToken),
            created => created.Body.Text("id"));
    }

    internal static string Label(string key) =>
        "baton-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];

    /// <summary>Version 3 wants a document: a paragraph for each line, and none that is empty.</summary>
    internal static JsonObject Document(string text) => new()
    {
        ["type"] = "doc", ["version"] = 1,
        ["content"] = new JsonArray([.. CutText.Of(text, LongestText)
            .ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => new JsonObject
            {
                ["type"] = "paragraph",
                ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = line }),
            })]),
    };

    private static VendorAccess Access(JiraOptions options, TimeProvider clock)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Email}:{options.Token}"));
        return new VendorAccess
        {
            Setting = Group, Url = options.Url, AllowPrivate = options.AllowPrivate, Timeout = options.Timeout,
            Sign = request =>
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic);
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            },
            Judge = reply => reply.Status is >= 400 and < 500 and not (408 or 425)
                ? new VendorFailure(reply.Said(Word(reply)), reply.Status is 409 or 429, reply.After(clock.GetUtcNow()))
                : null,
        };
    }

    private static string Word(VendorReply reply)
    {
        var fields = reply.Body.At("errors") is { ValueKind: System.Text.Json.JsonValueKind.Object } errors
            ? errors.EnumerateObject().Select(e => $"{e.Name}: {e.Value}") : [];
        return string.Join("; ",
            reply.Body.Items("errorMessages").Select(m => m.Text()).OfType<string>().Concat(fields));
    }
}
