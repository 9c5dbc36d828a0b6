using System.Net;
using Baton.Gateway.Money;

namespace Baton.Gateway;

/// <summary>Why a model call failed. The wire codes of the gateway's own endpoint follow from it.</summary>
public enum GatewayFailure
{
    /// <summary>The request itself is wrong; another model would refuse it too.</summary>
    BadRequest,

    /// <summary>The provider refuses our key, or does not know the model.</summary>
    Misconfigured,

    /// <summary>Too many requests: at the provider, or over a limit of our own.</summary>
    RateLimited,

    /// <summary>The provider failed or could not be reached.</summary>
    ProviderFailed,

    /// <summary>Every model that qualifies failed a moment ago and is left alone for a while.</summary>
    Unavailable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The stream broke after its first token.</summary>
    StreamBroken,

    /// <summary>The answer does not fit the schema, also after the repair attempt.</summary>
    InvalidAnswer,

    /// <summary>A budget is used up.</summary>
    BudgetExceeded,

    /// <summary>The kill switch is on.</summary>
    Stopped,

    /// <summary>No model qualifies for the call.</summary>
    NoModel,
}

/// <summary>
/// A model call that gave no answer. The message says what to do about it and holds no customer text.
/// </summary>
public sealed class GatewayException : Exception
{
    public GatewayException(GatewayFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    public GatewayFailure Failure { get; }

    /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
    public bool IsTransient => Failure is GatewayFailure.RateLimited or GatewayFailure.ProviderFailed
        or GatewayFailure.TimedOut or GatewayFailure.Unavailable;

    /// <summary>Whether another model may succeed where this one failed.</summary>
    public bool IsWorthAnotherModel =>
        IsTransient || Failure is GatewayFailure.Misconfigured or GatewayFailure.InvalidAnswer;

    /// <summary>The provider's status, when there was one.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the provider, or a budget, asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the provider may charge for the failure: it came after the request had arrived.</summary>
    public bool MayBeBilled { get; init; }

    /// <summary>Whether the budget of this one ticket is used up: nothing but a person can go on with it.</summary>
    public bool IsTicketBudget { get; init; }

    /// <summary>Receipts of the attempts that were made before this failure, paid ones among them.</summary>
    public IReadOnlyList<Receipt> Receipts { get; internal set; } = [];

    /// <summary>Their ids.</summary>
    public IReadOnlyList<string> ReceiptIds => [.. Receipts.Select(r => r.Id)];
}
