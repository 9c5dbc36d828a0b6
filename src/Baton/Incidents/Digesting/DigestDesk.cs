using System.Text.Json.Nodes;
using Baton.Gateway.Money;
using Baton.Operations.Links;
using Baton.Playbooks;
using Baton.Playbooks.Alerts;
using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.Incidents.Digesting;

/// <summary>A digest in all its forms.</summary>
internal sealed record Digest(DigestFacts Facts, string Title, string Text, string Html, byte[] Chart)
{
    /// <summary>The page of the mail by itself, with the chart in it.</summary>
    public string Page => Html.Replace(DigestHtml.InMail, "data:image/png;base64," + Convert.ToBase64String(Chart),
        StringComparison.Ordinal);
}

/// <summary>What came of sending: who it is on its way to, or when the same one had left.</summary>
internal sealed record DigestSent(string Id, IReadOnlyList<string> To, DateTimeOffset? SentBefore);

/// <summary>
/// Makes digests and gives them to the outbox. One of a time is kept as it was sent, in the transaction that sends it:
/// however many processes try, and wherever one dies, it leaves once.
/// </summary>
internal sealed class DigestDesk(
    Database database, DigestMaker maker, PlaybookHost playbooks, Outbox outbox, PublicAddress address)
{
    private const string Operators = "operators", ChannelPrefix = "channel:";

    private const int DaysOfQuarter = 92, MostShown = 10;

    /// <summary>As it would leave now; nothing is kept.</summary>
    public Digest Make(bool weekly)
    {
        var facts = maker.Read(weekly, DigestMaker.Last(weekly, database.Clock.GetUtcNow()));
        return new Digest(facts, DigestLine.Title(facts), DigestText.Of(facts, address.Url),
            DigestHtml.Of(facts, address.Url), DigestChart.Png(facts));
    }

    /// <param name="again">Send it although it was sent.</param>
    public async Task<DigestSent> SendAsync(bool weekly, bool again, CancellationToken cancellationToken)
    {
        var digest = Make(weekly);
        var policy = playbooks.Current.Alerts.Digest ?? new DigestPolicy();
        string[] to = policy.To.Count == 0 ? [Operators] : [.. policy.To.Distinct().Select(c => ChannelPrefix + c)];
        return await database.WriteAsync(transaction =>
        {
            var now = database.Clock.GetUtcNow();
            var id = digest.Facts.Id;
            transaction.Lock("digests");
            var before = transaction.First(
                "select max(made_at_ms) from digests where id = $1 or id like $2", row => row.TimeOrNull(0), id, id + "/%");
            if (before is not null && !again) return new DigestSent(id, [], before);
            if (before is not null) id += $"/{now.ToUnixTimeMilliseconds()}";
            transaction.Execute(
                """
                insert into digests (id, from_day, to_day, made_at_ms, title, text, html, chart, facts)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                id, digest.Facts.Period.From, digest.Facts.Period.To, SqlValue.Ms(now), digest.Title, digest.Text,
                digest.Html, digest.Chart, DigestJson.Of(digest.Facts).ToJsonString());
            foreach (var recipient in to)
                outbox.Add(transaction, new OutboxMessage
                {
                    IdempotencyKey = $"{PreparedNotice.Kind}/{id}/{recipient}", Key = $"{PreparedNotice.Kind}/{recipient}",
                    Kind = PreparedNotice.Kind,
                    Payload = new JsonObject { ["id"] = id, ["to"] = recipient }.ToJsonString(),
                });
            return new DigestSent(id, to, before);
        }, cancellationToken);
    }

    /// <summary>The last ones, newest first.</summary>
    public List<(string Title, DateTimeOffset At)> Sent() => database.Read(c => c.Query(
        "select title, made_at_ms from digests order by made_at_ms desc, id limit $1",
        row => (row.Text(0), row.Time(1)), (long)MostShown));

    /// <summary>Looks which side is cheaper, and keeps it until the next quarter.</summary>
    public async Task CheckProvisionedAsync(CancellationToken cancellationToken)
    {
        if (playbooks.Current.Alerts.Digest?.ProvisionedMonthly is not { } monthly) return;
        var now = database.Clock.GetUtcNow();
        if (database.Read(c => BreakEven.Read(c, DaysOfQuarter, now, new Usd(monthly))) is { } even)
            await database.WriteAsync(t => ProvisionedChecks.Add(t, even, now), cancellationToken);
    }

    /// <inheritdoc cref="PreparedNotices"/>
    public PreparedNotice? Find(OutboxMessage message)
    {
        var row = JsonNode.Parse(message.Payload)!;
        var (id, to) = ((string)row["id"]!, (string)row["to"]!);
        // Addresses are the playbook's and are kept nowhere else.
        var mail = playbooks.Current.Alerts.Digest?.Mail ?? [];
        return database.Read(c => c.First(
            "select title, text, html, chart, made_at_ms from digests where id = $1",
            found => new PreparedNotice(
                to, found.Text(0), found.Text(1), found.Text(2), found.Bytes(3), found.Time(4), mail), id));
    }
}
