using System.Globalization;
using System.Text.Json;
using Baton.Conversations;
using Baton.Text;

namespace Baton.Channels.History;

/// <summary>
/// Tickets as helpdesks export them. Zendesk: objects of the ticket export or of <c>incremental/tickets</c> with their
/// <c>comments</c>; Intercom: conversations with <c>conversation_parts</c>; Freshdesk: tickets with
/// <c>conversations</c> and <c>stats</c>. Notes of the team are not taken.
/// </summary>
internal static class VendorTickets
{
    public static PastTicket? Zendesk(JsonElement record)
    {
        if (Text(record, "id") is not { } id) return null;
        var requester = Text(record, "requester_id") ?? Text(record, "requester.id") ?? Text(record, "requester.email");
        var (messages, leftOut) = (new List<PastMessage>(), 0);
        foreach (var comment in JsonRecords.List(record, "comments"))
        {
            var author = Text(comment, "author_id") ?? Text(comment, "author.id") ?? Text(comment, "author.email");
            var isCustomer = author is not null && author == requester || Text(comment, "author.role") == "end-user";
            if (Text(comment, "public") == "false") leftOut++;
            else messages.Add(new PastMessage(isCustomer ? Author.Customer : Author.Agent,
                Text(comment, "plain_body") ?? Html(Text(comment, "html_body")) ?? Text(comment, "body") ?? "",
                Time(comment, "created_at")));
        }
        if (messages.Count == 0)
            messages.Add(new PastMessage(
                Author.Customer, Text(record, "description") ?? "", Time(record, "created_at")));
        var status = Text(record, "status");
        return Ticket(record, "zendesk-" + id, messages, leftOut) with
        {
            Channel = Text(record, "via.channel") ?? "unknown", Customer = requester, Status = status,
            Team = Text(record, "group.name") ?? Text(record, "group_id"), Priority = Text(record, "priority"),
            SolvedAt = Time(record, "metric_set.solved_at")
                ?? (status is "solved" or "closed" ? Time(record, "updated_at") : null),
            Stars = Text(record, "satisfaction_rating.score") switch { "good" => 5, "bad" => 1, _ => null },
            Tags = [.. JsonRecords.List(record, "tags").Select(t => t.ToString())],
        };
    }

    public static PastTicket? Intercom(JsonElement record)
    {
        if (Text(record, "id") is not { } id) return null;
        var (messages, leftOut) = (new List<PastMessage>(), 0);
        Add(record, "source", Text(record, "source.author.type"), Time(record, "created_at"), messages, ref leftOut);
        foreach (var part in JsonRecords.List(record, "conversation_parts.conversation_parts"))
            if (Text(part, "part_type") == "note") leftOut++;
            else Add(part, null, Text(part, "author.type"), Time(part, "created_at"), messages, ref leftOut);
        var contact = JsonRecords.List(record, "contacts.contacts").Select(c => Text(c, "id")).FirstOrDefault();
        var state = Text(record, "state");
        return Ticket(record, "intercom-" + id, messages, leftOut) with
        {
            Subject = Html(Text(record, "source.subject")) ?? Text(record, "title"),
            Channel = Text(record, "source.type") ?? "conversation", Status = state,
            Customer = contact ?? Text(record, "source.author.id"),
            Team = Text(record, "team_assignee.name") ?? Text(record, "team_assignee_id"),
            Priority = Text(record, "priority"),
            SolvedAt = Time(record, "statistics.last_close_at")
                ?? (state == "closed" ? Time(record, "updated_at") : null),
            Stars = Number(Text(record, "conversation_rating.rating")),
            Tags = [.. JsonRecords.List(record, "tags.tags").Select(t => Text(t, "name")).OfType<string>()],
        };
    }

    public static PastTicket? Freshdesk(JsonElement record)
    {
        if (Text(record, "id") is not { } id) return null;
        var messages = new List<PastMessage>
        {
            new(Author.Customer, Text(record, "description_text") ?? Html(Text(record, "description")) ?? "",
                Time(record, "created_at")),
        };
        var leftOut = 0;
        foreach (var said in JsonRecords.List(record, "conversations"))
            if (Text(said, "private") == "true") leftOut++;
            else messages.Add(new PastMessage(
                Text(said, "incoming") == "true" ? Author.Customer : Author.Agent,
                Text(said, "body_text") ?? Html(Text(said, "body")) ?? "", Time(said, "created_at")));
        return Ticket(record, "freshdesk-" + id, messages, leftOut) with
        {
            Channel = Text(record, "source") switch
            {
                "1" or "10" => "email", "2" or "9" => "web", "3" => "phone", "7" => "chat", _ => "unknown",
            },
            Customer = Text(record, "requester_id") ?? Text(record, "requester.id"),
            Status = Text(record, "status") switch
            {
                "2" => "open", "3" => "pending", "4" => "resolved", "5" => "closed", var other => other,
            },
            Priority = Text(record, "priority") switch
            {
                "1" => "low", "2" => "medium", "3" => "high", "4" => "urgent", var other => other,
            },
            Team = Text(record, "group.name") ?? Text(record, "group_id"),
            SolvedAt = Time(record, "stats.resolved_at") ?? Time(record, "stats.closed_at"),
            Tags = [.. JsonRecords.List(record, "tags").Select(t => t.ToString())],
        };
    }

    /// <summary>The ticket of the API, as Baton itself writes histories; or a flat record with these names.</summary>
    public static PastTicket? Plain(JsonElement record)
    {
        if (Text(record, "id") is not { } id) return null;
        var messages = JsonRecords.List(record, "messages").Select(m => new PastMessage(
            Text(m, "from") is "agent" or "baton" ? Author.Agent : Author.Customer, Text(m, "text") ?? "",
            Time(m, "at"))).ToList();
        if (messages.Count == 0)
            messages.Add(new PastMessage(Author.Customer, Text(record, "body") ?? "", Time(record, "created_at")));
        if (Text(record, "answer") is { } answer) messages.Add(new PastMessage(Author.Agent, answer, null));
        string? History(string name) => Text(record, name) ?? Text(record, "history." + name);
        return Ticket(record, id, messages, 0) with
        {
            Channel = Text(record, "channel") ?? "unknown", Team = History("team"), Status = History("status"),
            Customer = Text(record, "customer.id") ?? Text(record, "customer.email") ?? Text(record, "customer"),
            Priority = History("priority"), SolvedAt = JsonRecords.Time(History("solved_at")),
            Stars = Number(History("stars")), RuleRoute = History("rule_route"), FinalRoute = History("final_route"),
            Tags =
            [
                .. JsonRecords.List(record, "tags").Concat(JsonRecords.List(record, "history.tags"))
                    .Select(t => t.ToString()),
            ],
        };
    }

    private static PastTicket Ticket(JsonElement record, string id, List<PastMessage> messages, int leftOut) => new()
    {
        Id = id, Subject = Text(record, "subject"), CreatedAt = Time(record, "created_at"), LeftOut = leftOut,
        Messages = [.. messages.Where(m => !string.IsNullOrWhiteSpace(m.Text))],
    };

    /// <summary>What bots said is nobody's answer.</summary>
    private static void Add(
        JsonElement part, string? within, string? author, DateTimeOffset? at, List<PastMessage> messages,
        ref int leftOut)
    {
        if (Html(Text(part, within is null ? "body" : within + ".body")) is not { } text) return;
        if (author is "bot" or "operator") leftOut++;
        else messages.Add(new PastMessage(author is "admin" or "team" ? Author.Agent : Author.Customer, text, at));
    }

    private static string? Text(JsonElement record, string path) => JsonRecords.Text(record, path);

    private static DateTimeOffset? Time(JsonElement record, string path) => JsonRecords.Time(Text(record, path));

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 5
            ? number : null;

    private static string? Html(string? html) =>
        string.IsNullOrWhiteSpace(html) ? null : HtmlText.Of(html, "text/html") is { Length: > 0 } text ? text : null;
}
