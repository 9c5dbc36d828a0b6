namespace Baton.Escalation.Triggers;

/// <summary>
/// Words of somebody who may want to hurt themselves, in the languages that customers write, whatever the brand answers
/// in. Syntax: <see cref="PhraseList"/>. A needless call costs a person a minute.
/// </summary>
internal static class SelfHarmWords
{
    public static readonly IReadOnlyList<string> All =
    [
        // English. "These boots are killing me" and "to die for" are how people talk.
        "kill|killing myself !for|over|laughing", "end|ending my life", "end it all !for", "take|taking my own life",
        "suicid*", "self harm*", "selfharm*", "want|wanted|going to hurt|harm|cut myself",
        "wanna|gonna hurt|harm|cut myself",
        "keep|started|been cutting|harming|hurting myself", "better off dead", "better off without me",
        "want|wanna|wanted die !for", "want|wanted to die !for", "wish i was|were dead", "wish i had never been born",
        "don't|dont|not|never want to live !in|there|with|near|without", "don't|dont want to be alive",
        "don't|dont want to be here anymore|any", "not want to be alive|here", "don't|dont want to wake up",
        "no reason to live|go", "no point in living|going", "no point living", "nothing .. to live for",
        "tired of living", "can't|cannot|cant go on living", "overdos*",
        // German.
        "bringe|bring mich um", "mich umbring*", "mich umzubringen", "mir das leben nehmen", "nicht mehr leben",
        "nicht mehr weiterleben", "will|möchte|moechte sterben", "lebensmüde", "lebensmuede", "selbstmord*", "suizid*",
        "mir etwas|was antun", "mir etwas|was anzutun", "selbstverletz*", "ritze mich", "mich ritze",
        // French.
        "me|m suicider", "m'suicid*", "me tuer", "en finir avec la vie", "envie de mourir", "veux|voudrais mourir",
        "plus envie de vivre", "plus vivre", "fin à|a mes jours", "me faire du mal", "m'ôter|m'oter la vie",
        // Spanish.
        "matarme", "quitarme la vida", "quiero|quisiera morir|morirme", "no quiero .. vivir|viviendo",
        "hacerme daño|dano", "acabar con mi vida", "sin ganas de vivir",
        // Italian.
        "uccidermi", "ammazzarmi", "togliermi la vita", "farla finita", "voglio|vorrei morire",
        "non voglio .. vivere", "farmi del male",
        // Dutch.
        "zelfmoord*", "suïcid*", "mezelf|mijzelf|me van kant", "mezelf|mijzelf doden|doodmaken", "wil dood",
        "dood wil", "niet meer leven", "mezelf|mijzelf iets|pijn aandoen|doen", "einde aan mijn leven",
        // Polish.
        "samobój*", "samoboj*", "zabić|zabic|zabiję|zabije się|sie", "nie chcę|chce .. żyć|zyc",
        "chcę|chce umrzeć|umrzec", "odebrać|odebrac sobie życie|zycie", "sobie krzywdę|krzywde",
        // Portuguese.
        "me matar", "matar me", "tirar a minha|própria|propria vida", "quero|queria morrer",
        "não|nao quero .. viver", "acabar com a minha vida", "suicíd*", "me machucar de propósito|proposito",
    ];
}
