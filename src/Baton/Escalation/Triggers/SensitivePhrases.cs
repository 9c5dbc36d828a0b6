namespace Baton.Escalation.Triggers;

/// <summary>Built-in phrases of the word triggers; a playbook adds its own. Syntax: <see cref="PhraseList"/>.</summary>
internal static class SensitivePhrases
{
    public static readonly IReadOnlyList<string> AskedForHuman =
    [
        "real person", "real human", "actual person", "actual human", "live person", "live agent", "human agent",
        "human being", "human please", "a human", "an agent please", "speak to someone", "speak with someone",
        "talk to someone", "talk with someone", "chat with someone", "speak to a person", "speak with a person",
        "talk to a person", "talk to a human", "speak to a human", "speak to an agent", "talk to an agent",
        "speak to a representative", "talk to a representative", "talk to a rep", "speak to a rep",
        "speak to a manager", "talk to a manager", "speak to your manager", "your supervisor", "a supervisor",
        "get me a manager", "get me a human", "connect me to", "connect me with", "transfer me to", "transfer me",
        "put me through", "customer service representative", "somebody call me", "someone call me",
        "please call me", "call me back", "give me a call", "not a bot", "not a robot", "stop the bot",
        "echten menschen", "einem menschen", "mit einem mitarbeiter", "mitarbeiter sprechen",
        "parler à quelqu'un", "parler à un humain", "un conseiller", "hablar con una persona", "un agente humano",
    ];

    public static readonly IReadOnlyList<string> Legal =
    [
        "lawyer*", "attorney*", "solicitor*", "legal action", "legal steps", "legal proceedings", "legal team",
        "legal department", "take this to court", "take you to court", "see you in court", "small claims",
        "lawsuit*", "sue you", "suing", "sue your", "sue the company", "class action", "cease and desist",
        "consumer protection", "trading standards", "attorney general", "better business bureau", "chargeback*",
        "report you to", "ombudsman", "to the regulator", "the regulators", "subpoena", "liable for",
        "breach of contract",
        "rechtsanwalt", "anwalt", "klage", "verbraucherzentrale", "avocat", "porter plainte", "abogado", "demanda",
        "demandar*",
    ];

    public static readonly IReadOnlyList<string> Safety =
    [
        "injur*", "got hurt", "was hurt", "hurt myself", "hurt my", "got burned", "was burned", "burned my",
        "burnt my", "burns on", "caught fire", "caught on fire", "on fire", "exploded", "explode", "explosion",
        "bleeding", "went to hospital", "in hospital", "to the hospital", "emergency room", "ambulance",
        "carbon monoxide", "gas leak", "leaking gas", "allergic reaction", "broke my arm", "broke my leg",
        "broke my wrist", "broke my ankle", "broken bone*", "fell because", "nearly fell", "almost fell",
        "could have died", "nearly died", "almost died", "choking", "electric shock", "overheat*", "dangerous",
        "unsafe", "safety hazard", "safety issue", "safety risk", "concussion", "stitches", "verletzt", "blessé",
        "herido", "singed my", "burned|burnt|scalded|singed .. hand|hands|face|arm|leg|finger*|eyebrow*|hair|foot",
        "broke|fractured|sprained|dislocated my|her|his|their arm|leg|wrist|ankle|shoulder|finger|hand|nose|rib*",
        "someone|somebody|people could|might|will die", "someone|somebody|people could|might|will get hurt",
        "could|might have been killed",
        "rope|sheath|harness|carabiner*|sling|quickdraw* .. split|snapped|failed|broke|slipped|tore|opened .. "
        + "fall|lead|climb*|hanging|rappel*|abseil*|belay*|while|mid",
    ];

    public static readonly IReadOnlyList<string> Security =
    [
        "hacked", "hacker*", "account was accessed", "accessed my account", "logged into my account",
        "logged in to my account", "login from", "log in from", "unauthorized", "unauthorised", "without my permission",
        "see|seeing|saw|shows|shown|showing|visible .. strangers|people|customers|users|members|else's orders|address*|name*|data|details",
        "see|seeing|saw|shows|shown|showing .. names|addresses|orders|details .. of .. strangers|people|others|customers",
        "someone else's order*", "someone else's address", "someone else's account", "someone else's details",
        "someone else's data", "other customer's", "other people's", "another customer's", "another person's",
        "phishing", "data breach", "data leak", "data was leaked", "details were leaked", "password was leaked",
        "stolen card", "card was stolen", "identity theft",
        "stole my identity", "fraudulent", "fraud", "vulnerability", "security hole", "security flaw",
        "security issue", "compromised", "password was changed", "changed my password and", "did not place this order",
        "didn't place this order", "never placed this order", "orders i didn't make", "gehackt", "piraté",
        "hackeado", "hackearon",
    ];

    public static readonly IReadOnlyList<string> DataLoss =
    [
        "data loss", "lost all my", "lost all our", "lost my data", "lost our data", "data is gone", "data are gone",
        "everything is gone", "everything disappeared", "all disappeared", "has been wiped", "was wiped", "got wiped",
        "wiped my", "wiped our", "history is gone", "history disappeared", "account disappeared", "account is gone",
        "account was deleted", "account got deleted", "deleted my account without", "records are missing",
        "records have vanished", "points disappeared", "points are gone", "points vanished", "saved _ are gone",
        "data missing", "missing data", "corrupted", "daten verloren", "daten sind weg",
    ];
}
