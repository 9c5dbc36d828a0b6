using Baton.Storage;
using Baton.Storage.Outgoing;
using Baton.Server.Tests.Processes;

namespace Baton.Server.Tests.Cli;

/// <summary>What an operator sees of channels, held messages and notices.</summary>
public sealed class ChannelsCommandTests
{
    [Fact]
    public async Task Lists_every_channel_and_what_is_missing()
    {
        using var place = new Place(file: true);

        var ended = await BatonProgram.RunAsync("channels", "list", "--db", place.Database);

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("playground", ended.Output, StringComparison.Ordinal);
        Assert.Contains("in, out, notices", ended.Output, StringComparison.Ordinal);
        Assert.Contains("webhook: BATON__Channels__Webhook__Secrets is not set", ended.Output,
            StringComparison.Ordinal);
        Assert.False(File.Exists(place.Database), "looking creates no database");
    }

    [Theory]
    [InlineData("webhook", 1, "FAILED  read the settings: BATON__Channels__Webhook__Secrets is not set")]
    [InlineData("api", 0, "channel api sends nothing")]
    [InlineData("pigeon", 1, "there is no channel 'pigeon'")]
    public async Task Tries_a_channel_and_says_which_step_failed(string name, int exit, string says)
    {
        var ended = await BatonProgram.RunAsync("channels", "test", name);

        Assert.Equal(exit, ended.ExitCode);
        Assert.Contains(says, ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_what_is_held_and_told_and_releases_it()
    {
        using var place = new Place(file: true);
        await FillAsync(place.Database);

        var listed = await BatonProgram.RunAsync("channels", "list", "--db", place.Database);
        var jobs = await BatonProgram.RunAsync("jobs", "list", "--db", place.Database);
        var notices = await BatonProgram.RunAsync("jobs", "notices", "--db", place.Database);
        var released = await BatonProgram.RunAsync("channels", "release", "smoke", "--db", place.Database);
        var again = await BatonProgram.RunAsync("channels", "release", "smoke", "--db", place.Database);
        var closed = await BatonProgram.RunAsync("jobs", "notices", "--close", "disk", "--db", place.Database);
        var missing = await BatonProgram.RunAsync("jobs", "notices", "--close", "disk", "--db", place.Database);

        Assert.Contains("smoke: 1 held – nobody", listed.Output, StringComparison.Ordinal);
        Assert.Contains("held      1 for smoke: nobody", jobs.Output, StringComparison.Ordinal);
        Assert.Contains("notices   1 open", jobs.Output, StringComparison.Ordinal);
        Assert.Contains("high  disk  to operators, 1 times: Disk fills up. 90 %", notices.Output,
            StringComparison.Ordinal);
        Assert.Equal((0, 1), (released.ExitCode, again.ExitCode));
        Assert.Contains("nothing is held for 'smoke'", again.Errors, StringComparison.Ordinal);
        Assert.Equal((0, 1), (closed.ExitCode, missing.ExitCode));
    }

    private static async Task FillAsync(string path)
    {
        await using var database = Database.Open(new DatabaseOptions { Path = path }, TimeProvider.System);
        var outbox = new Outbox(Outbox.DefaultOptions, database.Clock, new Random(1));
        await database.WriteAsync(t => outbox.Add(
            t, new OutboxMessage { IdempotencyKey = "reply-1", Key = "c1", Kind = "smoke", Payload = "{}" }));
        SendOutcome held = new SendOutcome.Held("nobody");
        var handle = outbox.Handlers(database, (_, _) => Task.FromResult(held))[Outbox.QueueName];
        foreach (var job in await database.WriteAsync(t => outbox.Queue.Lease(t, "test", 1)))
            await handle(job, CancellationToken.None);
        await database.WriteAsync(t => new Notices(outbox, database.Clock).Raise(t, new Notice
        {
            To = "operators", Urgency = NoticeUrgency.High, Group = "disk", Title = "Disk fills up", Text = "90 %",
        }));
    }
}
