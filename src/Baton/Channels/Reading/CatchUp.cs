using Baton.Conversations.Inbound;
using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.Channels.Reading;

/// <summary>
/// Asks helpdesks what has changed since the last look, for webhooks that were lost: the same hints again, and none too
/// many, because a ticket is read as it is. Where a look ended is in the database, so it goes on after a stop.
/// </summary>
internal sealed class CatchUp(
    Database database, Func<ChannelList> channels, ChannelReads reads, Notices notices, TimeProvider clock)
{
    /// <summary>Pages of one look; the next look goes on behind them.</summary>
    private const int MostPages = 50;

    /// <summary>Group of the notices of a channel that cannot be asked.</summary>
    public static string Group(string channel) => "catching-up/" + channel;

    /// <summary>Looks wherever it is time to; gives the number of channels that were asked.</summary>
    public async Task<int> StepAsync(CancellationToken cancellationToken)
    {
        var looked = 0;
        foreach (var channel in channels().All)
        {
            if (channel.CatchUpEvery is not { } every || every <= TimeSpan.Zero
                || channel.Missing(ChannelWays.In) is not null) continue;
            if (await TakeAsync(channel.Name, every) is not { } mark) continue;
            await LookAsync(channel, mark, cancellationToken);
            looked++;
        }
        return looked;
    }

    /// <summary>
    /// Where the last look ended, when it is time for the next and no other process has it. A channel that is new here
    /// is looked at from now on.
    /// </summary>
    private Task<Mark?> TakeAsync(string channel, TimeSpan every)
    {
        var now = clock.GetUtcNow();
        var next = SqlValue.Ms(now + every);
        return database.WriteAsync<Mark?>(transaction =>
        {
            var added = transaction.Execute(
                """
                insert into channel_marks (channel, mark, since_ms, due_ms) values ($1, null, $2, $3)
                on conflict (channel) do nothing
                """,
                channel, SqlValue.Ms(now), next);
            if (added > 0 || transaction.Execute(
                "update channel_marks set due_ms = $1 where channel = $2 and due_ms <= $3", next, channel,
                SqlValue.Ms(now)) == 0) return null;
            return transaction.First(
                "select mark, since_ms from channel_marks where channel = $1",
                row => new Mark(row.TextOrNull(0), row.Time(1)), channel);
        });
    }

    private async Task LookAsync(IChannel channel, Mark from, CancellationToken cancellationToken)
    {
        var mark = from.At;
        for (var page = 0; page < MostPages; page++)
        {
            switch (await AskAsync(channel, mark, from.Since, cancellationToken))
            {
                case ChangesOutcome.Failed failed:
                    await FailAsync(channel.Name, failed);
                    return;
                case ChangesOutcome.Found found:
                    foreach (var id in found.Ids)
                        if (await reads.AddAsync(channel, id, cancellationToken) is IntakeOutcome.Busy busy)
                        {
                            await LaterAsync(channel.Name, busy.RetryAfter);
                            return;
                        }
                    var isStuck = found.Mark == mark;
                    await KeepAsync(channel.Name, mark = found.Mark);
                    if (!found.HasMore || isStuck) return;
                    break;
            }
        }
        await LaterAsync(channel.Name, TimeSpan.Zero);
    }

    private static async Task<ChangesOutcome> AskAsync(
        IChannel channel, string? mark, DateTimeOffset since, CancellationToken cancellationToken)
    {
        try
        {
            return await channel.ChangedAsync(mark, since, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new ChangesOutcome.Failed($"{error.GetType().Name}: {error.Message}");
        }
    }

    private Task KeepAsync(string channel, string mark) => database.WriteAsync(transaction =>
    {
        transaction.Execute("update channel_marks set mark = $1, failed = 0 where channel = $2", mark, channel);
        notices.Close(transaction, Group(channel));
    });

    /// <summary>People are told when it fails a second time: the next look does what this one could not.</summary>
    private Task FailAsync(string channel, ChangesOutcome.Failed failed) => database.WriteAsync(transaction =>
    {
        transaction.Execute("update channel_marks set failed = failed + 1 where channel = $1", channel);
        if (failed.After is { } after) Later(transaction, channel, after);
        if (transaction.Number("select failed from channel_marks where channel = $1", channel) < 2) return;
        notices.Raise(transaction, new Notice
        {
            To = DeliveryFailures.Operators, Urgency = NoticeUrgency.Normal, Group = Group(channel),
            Title = $"Channel {channel} cannot be asked what has changed",
            Text = $"{failed.Why}. Webhooks come in as before; what they lose is only found when this works again. "
                + $"Where it is not wanted, set BATON__Channels__{channel}__CatchUp to 0.",
        });
    });

    private Task LaterAsync(string channel, TimeSpan after) =>
        database.WriteAsync(transaction => Later(transaction, channel, after));

    private void Later(WriteTransaction transaction, string channel, TimeSpan after) => transaction.Execute(
        "update channel_marks set due_ms = $1 where channel = $2", SqlValue.Ms(clock.GetUtcNow() + after), channel);

    private sealed record Mark(string? At, DateTimeOffset Since);
}
