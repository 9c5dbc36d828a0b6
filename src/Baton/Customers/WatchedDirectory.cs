namespace Baton.Customers;

/// <summary>
/// Asks another directory within a time, and not at all for a while after it has failed often: a turn must not wait
/// for a directory that is down. What the ticket itself says counts where the directory knows nothing.
/// </summary>
internal sealed class WatchedDirectory(ICustomerDirectory inner, CustomersOptions options, TimeProvider clock)
    : ICustomerDirectory
{
    private static readonly GivenDirectory Given = new();

    private readonly Lock _gate = new();
    private int _failures;
    private DateTimeOffset _closedUntil;

    public async ValueTask<CustomerRecord?> FindAsync(CustomerQuery query, CancellationToken cancellationToken)
    {
        var said = await Given.FindAsync(query, cancellationToken);
        if (string.IsNullOrWhiteSpace(query.Id) && string.IsNullOrWhiteSpace(query.Email)) return said;
        try
        {
            return await AskAsync(query, cancellationToken) ?? said;
        }
        catch (CustomerDirectoryException) when (said is not null)
        {
            return said;
        }
    }

    private async Task<CustomerRecord?> AskAsync(CustomerQuery query, CancellationToken cancellationToken)
    {
        if (Closed() is { } left)
            throw new CustomerDirectoryException(
                $"not asked for another {Math.Ceiling(left.TotalSeconds):0} s, after {options.BreakerFailures} failures in a row",
                isTransient: true);
        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var found = await inner.FindAsync(query, either.Token);
            Worked();
            return found;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Failed();
            throw new CustomerDirectoryException($"no answer within {options.Timeout.TotalMilliseconds:0} ms", true);
        }
        catch (CustomerDirectoryException)
        {
            Failed();
            throw;
        }
    }

    private TimeSpan? Closed()
    {
        lock (_gate)
        {
            var left = _closedUntil - clock.GetUtcNow();
            return left > TimeSpan.Zero ? left : null;
        }
    }

    private void Worked()
    {
        lock (_gate) _failures = 0;
    }

    /// <summary>After the pause one failure more closes it again.</summary>
    private void Failed()
    {
        lock (_gate)
            if (++_failures >= options.BreakerFailures) _closedUntil = clock.GetUtcNow() + options.BreakerPause;
    }
}
