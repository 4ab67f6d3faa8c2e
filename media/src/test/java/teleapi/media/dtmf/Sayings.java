package teleapi.media.dtmf;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/** Sentences that nobody has said before: the words are ours, with all sounds of the language, and numbers often, as on the telephone. */
final class Sayings {
    private static final String[] NOUNS = words("""
        apple arm badge bakery barn basket beach bell bird blanket boat bottle boy bread bridge brother bucket butter cabin camera candle
        carpet castle cathedral cave chain chair cheese cherry chicken child church circus clock cloud coach coffee coin collar cook corner
        couch cousin cow crowd cup curtain daughter desk dinner dog donkey door dream drum duck eagle ear egg elbow engine evening eye
        farmer father feather fence finger fire fish flag floor flower foot forest fork fountain fox friend frog garage garden ghost girl
        glass glove goat gold goose grass guard guitar hammer hand harbour hat hedge hill honey horse hospital hotel house ice island jacket
        jar jewel joke journey judge juice jungle kettle key king kitchen kite knee knife ladder lake lamp lawyer leaf leather lemon letter
        library lion machine magazine market measure meat mirror moon mother mountain mouse mouth museum music nail neighbour nephew nest
        newspaper night noise nose nurse oak oil onion orange oven owl oyster package page paint palace pencil pepper pharmacist piano
        picture pigeon pillow pipe pocket poem potato pump queen rabbit rain razor ribbon ring river road roof rope rose rug sailor salad
        sauce school scissors sea shadow sheep shelf ship shirt shoe shoulder shovel sister sky smoke snow soap sock soldier song soup
        spider spoon square stable star station stone storm street sugar suit sun table tailor teacher theatre thief thumb ticket tiger
        tooth towel tower toy train treasure tree trousers uncle valley vase vegetable village violin visitor wagon wall watch water weather
        wheel whistle window wing winter witch wolf woman wood yacht yard year yoghurt zebra zoo\
        """);

    private static final String[] ACTIONS = words("""
        admired annoyed asked avoided baked bought broke brought buried called carried caught charged chased chose cleaned climbed counted
        covered crossed discovered dropped drew enjoyed examined fed fetched filled finished followed forgot found frightened gathered gave
        guessed heard helped hid joined judged kept kicked knew laughed left lifted liked lost loved mailed measured missed moved needed
        noticed offered ordered owned painted paid pinched pulled pushed raised reached refused remembered repaired sang saved sewed shook
        showed sold squeezed stole studied taught threw touched trusted understood used valued visited wanted warmed washed watched wished
        wrapped wrote yanked zipped\
        """);

    private static final String[] KINDS = words("""
        ancient angry awful bare beige big blue bold brave bright broken brown calm cheap chilly clean clever cold cool cosy cruel curious
        damp dark dear deep dirty dry dull dusty early easy empty faithful famous fat few fierce foolish fresh funny gentle glad good grey
        green happy hard heavy high hollow huge hungry icy jolly joyful kind large late lazy light little long loose loud low lucky mild
        muddy narrow new nice noisy odd old orange pale plain poor proud purple quick quiet rare raw red rich rough round royal rusty sad
        shallow sharp shiny short shy silly slow small smooth soft sour stiff strange sweet tall thick thin tiny true ugly unusual vague
        warm weak wet white whole wide wild wise yellow young\
        """);

    private static final String[] PLACES = words("""
        above_the_valley across_the_lake after_the_meeting along_the_shore among_the_trees around_the_corner at_the_airport
        before_breakfast behind_the_garage below_the_bridge beside_the_oven between_the_houses beyond_the_hills by_the_pool
        during_the_war for_a_while from_Birmingham in_Massachusetts in_the_middle_of_July inside_the_zoo near_the_beach
        on_the_other_side on_Thursday_evening out_of_the_blue over_the_weekend since_January through_the_woods
        towards_the_station under_the_moon until_four_o'clock without_a_reason with_both_hands with_great_pleasure\
        """);

    private static final String[] NAMES = words("""
        Agatha Arthur Beatrice Boris Charlotte Edward Eve Fiona George Hugh Ivy Jacob Judy Kevin Laura Leo Moira Naomi Oliver Paula Quentin
        Roy Ruth Sheila Susan Theo Thomas Ursula Vera Walter Yvonne Zoe\
        """);

    private static final String[] DIGITS = words("oh zero one two three four five six seven eight nine");

    private static final String[] CALLS = words("""
        aah ooh eeh uh-huh mm-hm hello hello-hello oh_no oh_yes no_no_no yeah well_well la_la_la ha_ha_ha wow hooray bye-bye really
        one_moment_please thank_you you_are_welcome I_beg_your_pardon who_is_there could_you_spell_that hold_the_line\
        """);

    private final SplittableRandom chance;
    private final Set<String> said = new HashSet<>();

    Sayings(long seed) {
        chance = new SplittableRandom(seed);
    }

    private static String[] words(String text) {
        return text.strip().split("\\s+", -1);
    }

    /** So many sentences, none of which was there before. */
    String next(int sentences) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sentences; i++) {
            String one = sentence();
            while (!said.add(one)) {
                one = sentence();
            }
            text.append(one).append(' ');
        }
        return text.toString();
    }

    private String sentence() {
        return switch (chance.nextInt(8)) {
            case 0 -> "My number is " + digits(7 + chance.nextInt(5)) + ".";
            case 1 ->
                "That is " + (1 + chance.nextInt(9_999)) + " " + of(KINDS) + " " + of(NOUNS) + "s, or "
                        + chance.nextInt(100) + " percent.";
            case 2 -> of(CALLS) + ", " + of(CALLS) + ", " + of(NAMES) + "!";
            case 3 -> "Did " + of(NAMES) + " see the " + thing() + " " + of(PLACES) + "?";
            case 4 ->
                of(NAMES) + " and " + of(NAMES) + " " + of(ACTIONS) + " my " + thing() + ", but "
                        + of(NAMES).toLowerCase(Locale.ROOT) + " " + of(ACTIONS) + " yours.";
            case 5 ->
                "Why was the " + of(NOUNS) + " " + of(PLACES) + " so " + of(KINDS) + "? Press "
                        + DIGITS[1 + chance.nextInt(10)] + ".";
            default -> "The " + thing() + " " + of(ACTIONS) + " a " + thing() + " " + of(PLACES) + ".";
        };
    }

    private String thing() {
        return of(KINDS) + " " + of(NOUNS);
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder(of(DIGITS));
        for (int i = 1; i < count; i++) {
            digits.append(chance.nextInt(4) == 0 ? ", " : " ").append(of(DIGITS));
        }
        return digits.toString();
    }

    private String of(String[] words) {
        return words[chance.nextInt(words.length)].replace('_', ' ');
    }
}
