using System.Text;
using Baton.Conversations.Tickets;
using Baton.People.Inboxes;
using Baton.Playbooks;
using Baton.Server.Accounts;
using Baton.Server.Api;
using Baton.Server.Pages.Frame;
using Baton.Text;

namespace Baton.Server.Pages.Inboxes.Lists;

/// <summary>A list of the inbox as a CSV file, written while it is read.</summary>
internal static class ListFile
{
    /// <summary>Tickets of one file.</summary>
    public const int Most = 10_000;

    private const string Heads =
        "ticket,priority,queue,person,state,clock,owed_at,waiting_since,customer,tier,channel,summary,reason";

    public static IResult Answer(
        HttpContext http, InboxRequest asked, InboxLists lists, PersonNames names, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var desk = asked.Desk;
        InboxFilter filter;
        try
        {
            filter = asked.At(desk).Filter(desk, asked.After);
            filter.Start();
        }
        catch (TicketFormatException error)
        {
            return new ProblemResult(new Problem(400, "No list", error.Message) { Back = "/inbox", BackTo = "Inbox" });
        }
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(
            stream => WriteAsync(stream, lists, filter, names, clock.GetUtcNow(), cancellationToken),
            "text/csv; charset=utf-8", $"inbox-{EnumWords.Of(filter.View)}.csv");
    }

    private static async Task WriteAsync(
        Stream stream, InboxLists lists, InboxFilter filter, PersonNames names, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        await writer.WriteLineAsync(Heads.AsMemory(), cancellationToken);
        var written = 0;
        for (var next = filter; ;)
        {
            var page = lists.Page(next);
            foreach (var item in page.Items.Take(Most - written))
                await writer.WriteLineAsync(Line(item, names, now).AsMemory(), cancellationToken);
            written += Math.Min(page.Items.Count, Most - written);
            await writer.FlushAsync(cancellationToken);
            if (page.Next is null || written == Most) return;
            next = next with { After = page.Next };
        }
    }

    private static string Line(InboxItem item, PersonNames names, DateTimeOffset now) => string.Join(',',
        ((string?[])
        [
            item.Id, EnumWords.Of(item.Priority), item.Queue, item.Person is { } person ? names.In(person) : null,
            item.Claimed ? "claimed" : item.Person is null ? "waiting" : "offered", item.Clock(now).Words,
            item.OwedAt is { } owed ? PageText.Iso(owed) : null, PageText.Iso(item.WaitingSince), item.Customer,
            item.Tier, item.Channel, item.Summary, item.Reason,
        ]).Select(CsvText.Field));
}
