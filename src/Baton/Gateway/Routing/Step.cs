namespace Baton.Gateway.Routing;

/// <summary>What the failover does after it has tried a candidate.</summary>
internal abstract record Step<T>
{
    private Step() { }

    /// <summary>The call is answered.</summary>
    public sealed record Answered(T Result) : Step<T>;

    /// <summary>The same model is asked again after a while.</summary>
    public sealed record SameAgain(GatewayException Failure, TimeSpan Wait) : Step<T>;

    /// <summary>The next candidate is asked, if there is one.</summary>
    public sealed record Next(GatewayException Failure) : Step<T>;

    /// <summary>Nothing else can help.</summary>
    public sealed record GiveUp(GatewayException Failure) : Step<T>;
}
