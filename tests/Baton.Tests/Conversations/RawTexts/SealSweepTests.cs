using Baton.Conversations;
using Baton.Conversations.RawTexts;
using Baton.Tests.Decisions.Desks;
using Baton.Tests.Storage;

namespace Baton.Tests.Conversations.RawTexts;

/// <summary>Texts of releases before encryption are encrypted while Baton runs.</summary>
public sealed class SealSweepTests : IAsyncDisposable
{
    private readonly Desk _desk = new(existing: ExistingDatabaseTests.Content());

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Encrypts_old_texts_which_read_the_same_before_and_after()
    {
        var before = All();

        Assert.True(await _desk.Get<SealSweep>().SweepAsync(CancellationToken.None));
        while (await _desk.Get<SealSweep>().SweepAsync(CancellationToken.None)) { }

        Assert.Equal(before, All());
        Assert.NotEmpty(before);
        Assert.Equal(0, _desk.Database.Read(c => c.Number("select count(*) from messages where body <> ''")));
        Assert.Equal(0, _desk.Database.Read(c => c.Number("select count(*) from messages where redacted is null")));
    }

    [Fact]
    public async Task An_old_ticket_goes_on_while_it_is_half_encrypted()
    {
        await _desk.AddAsync("Is there anything new?", "S-1");
        await _desk.WorkAsync();
        while (await _desk.Get<SealSweep>().SweepAsync(CancellationToken.None)) { }

        Assert.Contains(All(), line => line.Contains("anything new", StringComparison.Ordinal));
    }

    private List<string> All() => _desk.Database.Read(c =>
        c.Query("select distinct conversation_id from messages order by 1", row => row.Text(0))
            .SelectMany(id => MessageRows.Of(c, id, 100)
                .Select(m => $"{m.Id} {m.Subject} {m.Sender} {m.Body}")
                .Append(MessageRows.Placeholders(c, id).ToJson())).ToList());
}
