using Baton.Storage;
using Xunit;

namespace Baton.Testing;

/// <summary>What every database must do with rows, the outbox, notices and people.</summary>
public abstract partial class StoreConformance : DatabaseConformance
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync().ConfigureAwait(false);
        await Db.WriteAsync(t => t.Execute("create table conformance (id bigint primary key, name text)"))
            .ConfigureAwait(false);
    }

    [Fact]
    public async Task Keeps_what_was_committed_and_nothing_of_what_failed()
    {
        var kept = Add("kept");
        var failed = Db.WriteAsync(t =>
        {
            Insert(t, "failed");
            throw new InvalidOperationException("no");
        });

        await kept;
        await Assert.ThrowsAsync<InvalidOperationException>(() => failed);
        Assert.Equal(["kept"], Names());
    }

    [Fact]
    public async Task Sees_in_a_second_instance_what_the_first_has_committed()
    {
        await Add("shared");
        await using var other = await OpenAgainAsync();

        Assert.Equal("shared", other.Read(c => c.First("select name from conformance", r => r.Text(0))));
    }

    [Fact]
    public async Task Takes_text_of_every_script_and_tells_empty_from_null()
    {
        string?[] names = ["", null, "größe ✓ 日本語 😀", "it's \"quoted\"", "line\nfeed"];
        foreach (var name in names) await Add(name);

        Assert.Equal(names, Names());
    }

    [Fact]
    public async Task Takes_half_of_a_letter_for_the_sign_that_something_is_missing()
    {
        await Add("a\ud83d");

        Assert.Equal(["a\ufffd"], Names());
    }

    private Task Add(string? name) => Db.WriteAsync(t => Insert(t, name));

    private static void Insert(WriteTransaction transaction, string? name) => transaction.Execute(
        "insert into conformance (id, name) select coalesce(max(id), 0) + 1, $1 from conformance", name);

    private List<string?> Names() =>
        Db.Read(c => c.Query("select name from conformance order by id", r => r.TextOrNull(0)));
}
