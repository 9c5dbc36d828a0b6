using Baton.Customers;
using Xunit;

namespace Baton.Testing.Conformance;

/// <summary>
/// What decisions expect of every customer directory. Derive, say who is in it and how to break it, and inherit the
/// tests.
/// </summary>
public abstract class CustomerDirectoryConformance
{
    /// <summary>The directory, in working order.</summary>
    protected abstract ICustomerDirectory Directory();

    /// <summary>
    /// The same when it cannot be asked: the server is away, the key is wrong. Null when that cannot be.
    /// </summary>
    protected abstract ICustomerDirectory? Broken();

    /// <summary>A question about somebody it knows.</summary>
    protected abstract CustomerQuery Somebody { get; }

    /// <summary>A question about nobody it knows.</summary>
    protected abstract CustomerQuery Nobody { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_somebody_with_an_id_and_a_tier()
    {
        var found = await Directory().FindAsync(Somebody, Cancel);

        Assert.NotNull(found);
        Assert.NotEmpty(found.Id);
        Assert.NotEmpty(found.Tier);
        Assert.True(found.RecentTickets is null or >= 0, "recent tickets are counted from 0, or not at all");
        Assert.All(found.Account,
            fact => Assert.False(string.IsNullOrWhiteSpace(fact.Key), "every account fact has a name"));
    }

    [Fact]
    public async Task Gives_the_same_answer_twice()
    {
        var directory = Directory();

        var (first, second) =
            (await directory.FindAsync(Somebody, Cancel), await directory.FindAsync(Somebody, Cancel));

        Assert.Equal((first!.Id, first.Tier, first.RecentTickets), (second!.Id, second.Tier, second.RecentTickets));
        Assert.Equal(first.Account.OrderBy(f => f.Key), second.Account.OrderBy(f => f.Key));
    }

    [Fact]
    public async Task Says_that_nobody_was_found_without_an_error() =>
        Assert.Null(await Directory().FindAsync(Nobody, Cancel));

    [Fact]
    public async Task Answers_for_an_anonymous_sender() =>
        Assert.Null(await Directory().FindAsync(new CustomerQuery(null, null, null), Cancel));

    [Fact]
    public async Task Takes_any_text_for_an_id()
    {
        foreach (var id in (string[])["", " ", "' or 1=1 --", "../..", new string('x', 10_000), "\0", "\ud800", "名前"])
        {
            // Nobody, or somebody: but no other exception than the one that decisions know.
            var error = await Record.ExceptionAsync(
                async () => await Directory().FindAsync(new CustomerQuery(id, null, null), Cancel));
            Assert.True(error is null or CustomerDirectoryException,
                $"id of {id.Length} characters: {error?.GetType().Name}");
        }
    }

    [Fact]
    public async Task Says_that_it_could_not_be_asked()
    {
        if (Broken() is not { } broken)
        {
            Assert.Skip("this directory cannot fail");
            return;
        }
        await Assert.ThrowsAsync<CustomerDirectoryException>(async () => await broken.FindAsync(Somebody, Cancel));
    }
}
