namespace Baton.Storage;

/// <summary>
/// A text as it is written where no personal data may be and no values can be kept beside it: the message of an error,
/// a reason that somebody typed. Which data that is, other slices know.
/// </summary>
internal delegate string ClearText(string text);
