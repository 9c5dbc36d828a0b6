namespace Baton.Testing.Commerce;

/// <summary>What goes wrong with the next request that has an effect.</summary>
public enum ShopFault
{
    None,

    /// <summary>Does it, and does not answer until the caller has gone.</summary>
    Slow,

    /// <summary>Answers 500 and does nothing.</summary>
    Error,

    /// <summary>Does it and answers 500.</summary>
    ErrorAfterEffect,

    /// <summary>Does it and cuts the connection before the answer.</summary>
    CutAfterEffect,

    /// <summary>Something on the way delivers the request twice.</summary>
    Duplicate,

    /// <summary>Pays back half, and says so.</summary>
    Partial,

    /// <summary>Somebody else has paid it back a moment before.</summary>
    AlreadyRefunded,

    /// <summary>Books it in euros, and says so.</summary>
    WrongCurrency,
}
