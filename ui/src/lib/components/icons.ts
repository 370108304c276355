/** The icons of the app (Lucide, ISC): only these are bundled. */
import type { Component } from 'svelte';
import Activity from '@lucide/svelte/icons/activity';
import ArrowLeft from '@lucide/svelte/icons/arrow-left';
import ArrowRight from '@lucide/svelte/icons/arrow-right';
import Briefcase from '@lucide/svelte/icons/briefcase';
import Building from '@lucide/svelte/icons/building';
import Calendar from '@lucide/svelte/icons/calendar';
import CalendarCheck from '@lucide/svelte/icons/calendar-check';
import CalendarX from '@lucide/svelte/icons/calendar-x';
import Check from '@lucide/svelte/icons/check';
import ChevronDown from '@lucide/svelte/icons/chevron-down';
import ChevronRight from '@lucide/svelte/icons/chevron-right';
import CircleAlert from '@lucide/svelte/icons/circle-alert';
import CircleCheckBig from '@lucide/svelte/icons/circle-check-big';
import CircleX from '@lucide/svelte/icons/circle-x';
import Clock4 from '@lucide/svelte/icons/clock-4';
import ClockAlert from '@lucide/svelte/icons/clock-alert';
import CloudCheck from '@lucide/svelte/icons/cloud-check';
import CloudOff from '@lucide/svelte/icons/cloud-off';
import CloudUpload from '@lucide/svelte/icons/cloud-upload';
import CornerDownRight from '@lucide/svelte/icons/corner-down-right';
import Delete from '@lucide/svelte/icons/delete';
import DoorClosed from '@lucide/svelte/icons/door-closed';
import DoorOpen from '@lucide/svelte/icons/door-open';
import Dumbbell from '@lucide/svelte/icons/dumbbell';
import Ear from '@lucide/svelte/icons/ear';
import Ellipsis from '@lucide/svelte/icons/ellipsis';
import EllipsisVertical from '@lucide/svelte/icons/ellipsis-vertical';
import Eye from '@lucide/svelte/icons/eye';
import EyeOff from '@lucide/svelte/icons/eye-off';
import FaceNeutral from '@lucide/svelte/icons/face-neutral';
import FaceSlightlyFrowning from '@lucide/svelte/icons/face-slightly-frowning';
import FaceSlightlySmiling from '@lucide/svelte/icons/face-slightly-smiling';
import FileText from '@lucide/svelte/icons/file-text';
import FingerprintPattern from '@lucide/svelte/icons/fingerprint-pattern';
import Flag from '@lucide/svelte/icons/flag';
import FlaskConical from '@lucide/svelte/icons/flask-conical';
import Footprints from '@lucide/svelte/icons/footprints';
import GitCompare from '@lucide/svelte/icons/git-compare';
import GraduationCap from '@lucide/svelte/icons/graduation-cap';
import Hammer from '@lucide/svelte/icons/hammer';
import Hand from '@lucide/svelte/icons/hand';
import HandHeart from '@lucide/svelte/icons/hand-heart';
import HeartHandshake from '@lucide/svelte/icons/heart-handshake';
import HeartPulse from '@lucide/svelte/icons/heart-pulse';
import Hourglass from '@lucide/svelte/icons/hourglass';
import House from '@lucide/svelte/icons/house';
import Inbox from '@lucide/svelte/icons/inbox';
import Info from '@lucide/svelte/icons/info';
import KeyRound from '@lucide/svelte/icons/key-round';
import Languages from '@lucide/svelte/icons/languages';
import Leaf from '@lucide/svelte/icons/leaf';
import Lightbulb from '@lucide/svelte/icons/lightbulb';
import ListChecks from '@lucide/svelte/icons/list-checks';
import LocateFixed from '@lucide/svelte/icons/locate-fixed';
import Lock from '@lucide/svelte/icons/lock';
import Mail from '@lucide/svelte/icons/mail';
import MapPin from '@lucide/svelte/icons/map-pin';
import MapPinHouse from '@lucide/svelte/icons/map-pin-house';
import MapPinned from '@lucide/svelte/icons/map-pinned';
import Menu from '@lucide/svelte/icons/menu';
import MessageCircle from '@lucide/svelte/icons/message-circle';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import Minus from '@lucide/svelte/icons/minus';
import Moon from '@lucide/svelte/icons/moon';
import Music from '@lucide/svelte/icons/music';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import PencilLine from '@lucide/svelte/icons/pencil-line';
import Phone from '@lucide/svelte/icons/phone';
import PhoneMissed from '@lucide/svelte/icons/phone-missed';
import Play from '@lucide/svelte/icons/play';
import Plus from '@lucide/svelte/icons/plus';
import QrCode from '@lucide/svelte/icons/qr-code';
import Radar from '@lucide/svelte/icons/radar';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Route from '@lucide/svelte/icons/route';
import RotateCcwClock from '@lucide/svelte/icons/rotate-ccw-clock';
import Scale from '@lucide/svelte/icons/scale';
import Search from '@lucide/svelte/icons/search';
import SearchX from '@lucide/svelte/icons/search-x';
import Send from '@lucide/svelte/icons/send';
import Settings from '@lucide/svelte/icons/settings';
import Share2 from '@lucide/svelte/icons/share-2';
import Shield from '@lucide/svelte/icons/shield';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import ShieldOff from '@lucide/svelte/icons/shield-off';
import Smartphone from '@lucide/svelte/icons/smartphone';
import Sparkles from '@lucide/svelte/icons/sparkles';
import Star from '@lucide/svelte/icons/star';
import Sun from '@lucide/svelte/icons/sun';
import Tags from '@lucide/svelte/icons/tags';
import Timer from '@lucide/svelte/icons/timer';
import Trash from '@lucide/svelte/icons/trash';
import Trees from '@lucide/svelte/icons/trees';
import TrendingUp from '@lucide/svelte/icons/trending-up';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import Undo2 from '@lucide/svelte/icons/undo-2';
import UserPlus from '@lucide/svelte/icons/user-plus';
import UserRound from '@lucide/svelte/icons/user-round';
import UserRoundCheck from '@lucide/svelte/icons/user-round-check';
import UserRoundSearch from '@lucide/svelte/icons/user-round-search';
import UserRoundX from '@lucide/svelte/icons/user-round-x';
import Users from '@lucide/svelte/icons/users';
import UsersRound from '@lucide/svelte/icons/users-round';
import Utensils from '@lucide/svelte/icons/utensils';
import Volume2 from '@lucide/svelte/icons/volume-2';
import Wallet from '@lucide/svelte/icons/wallet';
import Wind from '@lucide/svelte/icons/wind';
import Wrench from '@lucide/svelte/icons/wrench';
import X from '@lucide/svelte/icons/x';
import Zap from '@lucide/svelte/icons/zap';

const all = {
  activity: Activity,
  'arrow-left': ArrowLeft,
  'arrow-right': ArrowRight,
  briefcase: Briefcase,
  building: Building,
  calendar: Calendar,
  'calendar-check': CalendarCheck,
  'calendar-x': CalendarX,
  check: Check,
  'chevron-down': ChevronDown,
  'chevron-right': ChevronRight,
  'circle-alert': CircleAlert,
  'circle-check-big': CircleCheckBig,
  'circle-x': CircleX,
  'clock-4': Clock4,
  'clock-alert': ClockAlert,
  'cloud-check': CloudCheck,
  'cloud-off': CloudOff,
  'cloud-upload': CloudUpload,
  'corner-down-right': CornerDownRight,
  delete: Delete,
  'door-closed': DoorClosed,
  'door-open': DoorOpen,
  dumbbell: Dumbbell,
  ear: Ear,
  ellipsis: Ellipsis,
  'ellipsis-vertical': EllipsisVertical,
  eye: Eye,
  'eye-off': EyeOff,
  'face-neutral': FaceNeutral,
  'face-slightly-frowning': FaceSlightlyFrowning,
  'face-slightly-smiling': FaceSlightlySmiling,
  'file-text': FileText,
  'fingerprint-pattern': FingerprintPattern,
  flag: Flag,
  'flask-conical': FlaskConical,
  footprints: Footprints,
  'git-compare': GitCompare,
  'graduation-cap': GraduationCap,
  hammer: Hammer,
  hand: Hand,
  'hand-heart': HandHeart,
  'heart-handshake': HeartHandshake,
  'heart-pulse': HeartPulse,
  hourglass: Hourglass,
  house: House,
  inbox: Inbox,
  info: Info,
  'key-round': KeyRound,
  languages: Languages,
  leaf: Leaf,
  lightbulb: Lightbulb,
  'list-checks': ListChecks,
  'locate-fixed': LocateFixed,
  lock: Lock,
  mail: Mail,
  'map-pin': MapPin,
  'map-pin-house': MapPinHouse,
  'map-pinned': MapPinned,
  menu: Menu,
  'message-circle': MessageCircle,
  'messages-square': MessagesSquare,
  minus: Minus,
  moon: Moon,
  music: Music,
  'notebook-pen': NotebookPen,
  'pencil-line': PencilLine,
  phone: Phone,
  'phone-missed': PhoneMissed,
  play: Play,
  plus: Plus,
  'qr-code': QrCode,
  radar: Radar,
  'refresh-cw': RefreshCw,
  route: Route,
  'rotate-ccw-clock': RotateCcwClock,
  scale: Scale,
  search: Search,
  'search-x': SearchX,
  send: Send,
  settings: Settings,
  'share-2': Share2,
  shield: Shield,
  'shield-check': ShieldCheck,
  'shield-off': ShieldOff,
  smartphone: Smartphone,
  sparkles: Sparkles,
  star: Star,
  sun: Sun,
  tags: Tags,
  timer: Timer,
  trash: Trash,
  trees: Trees,
  'trending-up': TrendingUp,
  'triangle-alert': TriangleAlert,
  'undo-2': Undo2,
  'user-plus': UserPlus,
  'user-round': UserRound,
  'user-round-check': UserRoundCheck,
  'user-round-search': UserRoundSearch,
  'user-round-x': UserRoundX,
  users: Users,
  'users-round': UsersRound,
  utensils: Utensils,
  'volume-2': Volume2,
  wallet: Wallet,
  wind: Wind,
  wrench: Wrench,
  x: X,
  zap: Zap,
};

export type IconName = keyof typeof all;

export const icons: Record<IconName, Component<{ class?: string; 'aria-hidden'?: 'true' }>> = all;
