namespace Baton.People;

/// <summary>What a person may do; each may do what those before it may.</summary>
internal enum PersonRole
{
    /// <summary>Reads tickets.</summary>
    Viewer,

    /// <summary>Works on tickets: claims, replies, closes.</summary>
    Agent,

    /// <summary>Also works on the tickets of others and looks after figures and the kill switch.</summary>
    Lead,

    /// <summary>Also people, keys and settings.</summary>
    Admin,
}
