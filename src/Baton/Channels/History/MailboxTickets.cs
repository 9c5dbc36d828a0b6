using Baton.Channels.Email;
using Baton.Conversations;
using MimeKit;

namespace Baton.Channels.History;

/// <summary>
/// Tickets of a mailbox in the mbox format (RFC 4155): the mails of one thread. The mapping's <c>own</c> addresses are
/// the team's.
/// </summary>
internal static class MailboxTickets
{
    private const int LargestFile = 0;

    public static IEnumerable<PastRecord> Read(string path, HistoryMapping mapping)
    {
        if (mapping.Own.Count == 0)
            throw new HistoryException(
                $"{path}: who of these is the team? Give a mapping with `own: [help@example.com]` (--mapping FILE)");
        var (tickets, byId, bad) = (new List<PastTicket>(), new Dictionary<string, int>(), new List<PastRecord>());
        foreach (var (place, mail, problem) in Mails(path))
        {
            if (mail is null)
            {
                bad.Add(new PastRecord(place, null, problem));
                continue;
            }
            using var held = mail;
            Take(mail, place, mapping, tickets, byId);
        }
        foreach (var record in bad) yield return record;
        foreach (var (place, ticket) in tickets.Index()) yield return new PastRecord(place + 1, ticket);
    }

    private static void Take(
        MimeMessage mail, long place, HistoryMapping mapping, List<PastTicket> tickets, Dictionary<string, int> byId)
    {
        var id = mail.MessageId ?? $"mail-{place}";
        var parents = ((IEnumerable<string?>)[mail.InReplyTo, .. mail.References.Reverse()]).OfType<string>();
        var sender = mail.From.Mailboxes.FirstOrDefault()?.Address ?? "";
        var isOwn = mapping.Own.Contains(sender, StringComparer.OrdinalIgnoreCase);
        var said = new PastMessage(
            isOwn ? Author.Agent : Author.Customer, MailParts.Of(mail.Body, LargestFile).Text,
            mail.Date > DateTimeOffset.UnixEpoch ? mail.Date.ToUniversalTime() : null);
        var known = parents.Append(id).Select(p => byId.TryGetValue(p, out var at) ? at : -1)
            .FirstOrDefault(at => at >= 0, -1);
        if (byId.ContainsKey(id)) return;
        if (known < 0)
        {
            known = tickets.Count;
            tickets.Add(new PastTicket
            {
                Id = InboundMail.TicketId(id), Channel = "email", Customer = isOwn ? null : sender,
                    Subject = mail.Subject,
                CreatedAt = said.At,
            });
        }
        byId[id] = known;
        var ticket = tickets[known];
        tickets[known] = ticket with
        {
            Messages = [.. ticket.Messages, said], Customer = ticket.Customer ?? (isOwn ? null : sender),
        };
    }

    private static IEnumerable<(long Place, MimeMessage? Mail, string? Problem)> Mails(string path)
    {
        using var stream = File.OpenRead(path);
        var (parser, number) = (new MimeParser(stream, MimeFormat.Mbox), 0L);
        while (!parser.IsEndOfStream)
        {
            number++;
            var before = parser.Position;
            MimeMessage? mail = null;
            string? problem = null;
            try
            {
                mail = parser.ParseMessage();
            }
            catch (Exception error) when (error is FormatException or ParseException)
            {
                problem = $"is no mail: {error.Message}";
            }
            yield return (number, mail, problem);
            // What cannot be read and does not move on would be read for ever.
            if (mail is null && parser.Position == before) yield break;
        }
    }
}
