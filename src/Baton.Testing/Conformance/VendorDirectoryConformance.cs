using System.Text;
using Baton.Customers;
using Baton.Testing.Vendors;
using Xunit;

namespace Baton.Testing.Conformance;

/// <summary>
/// What Baton expects of a directory behind a vendor's API, besides <see cref="CustomerDirectoryConformance"/>.
/// </summary>
public abstract class VendorDirectoryConformance : CustomerDirectoryConformance, IAsyncLifetime
{
    private const int FuzzedReplies = 2_000;

    private StandInVendor? _vendor;

    /// <summary>The vendor with somebody who has the address <c>ada@example.com</c>, not started yet.</summary>
    protected abstract StandInVendor NewStandIn();

    /// <summary>The directory, set up for the stand-in.</summary>
    protected abstract ICustomerDirectory SetUp(StandInVendor vendor);

    /// <summary>An answer that says to come back later, in the vendor's own way.</summary>
    protected virtual VendorResponse TooMany() => new(429, "{}");

    /// <summary>What the vendor says of somebody, to be broken.</summary>
    protected abstract string Reply { get; }

    protected override CustomerQuery Somebody { get; } = new("c-1", null, null) { Email = "ada@example.com" };

    protected override CustomerQuery Nobody { get; } = new("c-9", null, null) { Email = "nobody@example.com" };

    protected StandInVendor Vendor => _vendor ?? throw new InvalidOperationException("not started");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _vendor = NewStandIn();
        await _vendor.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_vendor is not null) await _vendor.DisposeAsync();
    }

    protected override ICustomerDirectory Directory() => SetUp(Vendor);

    protected override ICustomerDirectory? Broken()
    {
        Vendor.Fail(new VendorFault { CutsBefore = true, Times = 1_000 });
        return SetUp(Vendor);
    }

    [Fact]
    public async Task Finds_the_same_address_in_any_case() => Assert.Equal(
        (await Directory().FindAsync(Somebody, Cancel))!.Id,
        (await Directory().FindAsync(Somebody with { Email = "Ada@Example.COM" }, Cancel))?.Id);

    [Theory]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    public async Task Says_whether_asking_again_may_help(int status, bool isTransient)
    {
        Vendor.Fail(new VendorFault { Answer = new VendorResponse(status, "{}"), Times = 100 });

        Assert.Equal(isTransient, (await FailedAsync()).IsTransient);
    }

    [Fact]
    public async Task Says_that_too_much_was_asked()
    {
        Vendor.Fail(new VendorFault { Answer = TooMany(), Times = 100 });

        Assert.True((await FailedAsync()).IsTransient);
    }

    [Fact]
    public async Task Shows_no_secret_in_a_failure()
    {
        Vendor.Fail(new VendorFault { Answer = new VendorResponse(400, """{"message":"bad"}"""), Times = 100 });

        Assert.DoesNotContain("of-nobody", (await FailedAsync()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_any_reply_without_an_exception_of_another_kind()
    {
        var (directory, random) = (SetUp(Vendor), new Random(20_261_130));
        for (var i = 0; i < FuzzedReplies; i++)
        {
            Vendor.Mend();
            var body = Encoding.UTF8.GetString(BrokenBytes.Of(random, Encoding.UTF8.GetBytes(Reply)));
            Vendor.Fail(new VendorFault { Answer = new VendorResponse(200, body), Times = 100 });
            var error = await Record.ExceptionAsync(async () => await directory.FindAsync(Somebody, Cancel));
            Assert.True(error is null or CustomerDirectoryException,
                $"reply {i}: {error?.GetType().Name}: {error?.Message}\n{body}");
        }
    }

    private async Task<CustomerDirectoryException> FailedAsync() =>
        await Assert.ThrowsAsync<CustomerDirectoryException>(
            async () => await SetUp(Vendor).FindAsync(Somebody, Cancel));
}
